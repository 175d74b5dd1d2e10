export type DirectoryTables = {
  bodies: { id: string; code: string; kind: string; nameAr: string; nameEn: string; nameKu: string; sectors: string[]; phone: string; active: boolean };
};
