export type Open311Tables = {
  apiKeys: {
    id: string; name: string; contact: string; keyHash: Buffer; ending: string; perHour: number; issuedAt: Date; issuedBy: string; endedAt: Date | null; endedBy: string | null;
  };
  programRequests: { entryId: string; keyId: string; token: string; account: string; at: Date };
};
