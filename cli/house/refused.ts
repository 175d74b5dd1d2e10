import { rm, writeFile } from 'node:fs/promises';

/** `line`: where it stands in the file, 0 where files have no lines. */
export type RefusedRow = { line: number; reason: string; row: unknown };

/** Beside the input, so that whoever sent it can mend it; gone again when nothing was refused. */
export async function writeRefused(file: string, refused: readonly RefusedRow[]): Promise<void> {
  const path = `${file}.refused.jsonl`;
  if (refused.length === 0) return rm(path, { force: true });
  await writeFile(path, refused.map((it) => `${JSON.stringify(it)}\n`).join(''));
}
