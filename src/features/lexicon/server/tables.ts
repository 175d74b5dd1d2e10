export type LexiconTables = {
  lexiconGroups: { id: string; words: string[]; changedAt: Date };
  lexiconState: { onlyRow: boolean; version: number; stamp: string };
};
