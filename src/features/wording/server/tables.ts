export type WordingTables = {
  siteTexts: { key: string; language: string; version: number; text: string | null; writtenBy: string | null; writtenAt: Date };
};
