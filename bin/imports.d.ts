export type BrokenImport = { rule: string; from: string; to: string; cycle: string[] };
export function brokenImports(base: string): Promise<BrokenImport[]>;
