/** `abwab import organisations`: a table in any heading, with HXL tags or without, becomes listed organisations and drafts. */
import { importOrganisations } from '#features/organisations/server/index.ts';
import { readOrganisations } from '#features/organisations/read-row.ts';
import { readTable } from '#features/organisations/read-table.ts';
import { TERMINAL, type Installation } from './open.ts';
import { readGrid } from './read-grid.ts';
import { writeRefused } from './refused.ts';

const BATCH = 300;
const REASONS = {
  people: 'This looks like a list of people who receive something (names of persons, identity numbers, dates of birth). Such lists are never held here, and nothing of it was stored. Remove the columns about persons, then try again.',
  'no-headings': 'No line of it names its columns. The first line has to: Name, Kind, Sectors, Places … or الاسم بالعربية، النوع، المجالات، الأماكن … or HXL tags.',
  'no-name': 'No column of it holds names of organisations. Call one «Name» or «اسم المنظمة», or tag it #org+name.',
} as const;

export async function bringOrganisations(it: Installation, file: string, source: string | undefined): Promise<{ imported: number; drafts: number; skipped: number; refused: number }> {
  const grid = await readGrid(file);
  const table = readTable(grid);
  if ('refused' in table) throw new Error(REASONS[table.refused]);
  const { organisations, refused } = readOrganisations(table.rows);
  const count = { imported: 0, drafts: 0, skipped: 0, refused: refused.length };
  for (let at = 0; at < organisations.length; at += BATCH) {
    const done = await it.house.act(TERMINAL, importOrganisations, { source: source ?? 'table', organisations: organisations.slice(at, at + BATCH) });
    count.imported += done.imported;
    count.drafts += done.drafts;
    count.skipped += done.skipped;
  }
  await writeRefused(file, refused.map(({ line, reason }) => ({ line, reason, row: grid[line - 1] ?? [] })));
  return count;
}
