/** A table of organisations sent in the browser: read whole, looked at row by row, then taken in whole or not at all. */
import { parseId } from '#kernel/ids.ts';
import { allow, refuse } from '#kernel/refusal.ts';
import { record } from '../../record/server/index.ts';
import { readGrid } from '#platform/tables/read-grid.ts';
import type { Ctx } from '../../context.ts';
import { mayUpload } from '../access.ts';
import { readOrganisations, type UploadedRows } from '../read-row.ts';
import { readTable } from '../read-table.ts';
import type { UploadView } from '../views.ts';
import { bringIn, planImport, type ImportCount } from './import-organisations.ts';
import { deleteUpload, findUpload, insertUpload, takeUpload } from './import-store.ts';

/** What comes from the browser and from the terminal is one source: the same table comes in once, whichever way. */
const SOURCE = 'table';
const MOST_ROWS = 2_000;

/**
 * The rows of a file, read before anything is opened for them: a table may take a while. Refused beside `file`: required, not-utf8, not-a-table,
 * too-many-rows, no-headings, no-name, people, empty.
 */
export async function readUpload(bytes: Buffer): Promise<UploadedRows> {
  const no = (code: string): never => refuse({ because: 'invalid', fields: { file: code } });
  if (bytes.length === 0) return no('required');
  const read = await readGrid(bytes, MOST_ROWS);
  if ('unreadable' in read) return no(read.unreadable);
  const table = readTable(read.grid);
  if ('refused' in table) return no(table.refused);
  return table.rows.length === 0 ? no('empty') : readOrganisations(table.rows);
}

/** Lays the rows aside for a day. A form sent twice lays them aside once. */
export async function uploadOrganisations(ctx: Ctx, input: { once: string; rows: UploadedRows }): Promise<void> {
  allow(mayUpload(ctx.actor) && ctx.actor.kind === 'person', 'bring in a table of organisations');
  const { rows } = input;
  if (!(await insertUpload(ctx, { id: input.once, uploadedBy: ctx.actor.id, rows: JSON.stringify(rows) }))) return;
  await record(ctx, 'organisation.table-sent', { kind: 'organisation', id: input.once }, { public: false, detail: { rows: rows.organisations.length, refused: rows.refused.length }, as: { role: 'registry' } });
}

/** What would become of each row now. */
export async function uploadedTable(ctx: Ctx, id: string): Promise<UploadView> {
  allow(mayUpload(ctx.actor), 'bring in a table of organisations');
  const it = parseId(id) === null ? null : await findUpload(ctx, id);
  if (!it) return refuse({ because: 'not-found', what: 'table' });
  return { id, madeAt: it.madeAt, refused: it.rows.refused, rows: await planImport(ctx, { source: SOURCE, organisations: it.rows.organisations }) };
}

/** All of it in one transaction. Of two who press at once the second finds it gone. */
export async function bringUploaded(ctx: Ctx, input: { id: string }): Promise<ImportCount> {
  allow(mayUpload(ctx.actor), 'bring in a table of organisations');
  const rows = parseId(input.id) === null ? null : await takeUpload(ctx, input.id);
  if (!rows) return refuse({ because: 'not-found', what: 'table' });
  const count = await bringIn(ctx, { source: SOURCE, organisations: rows.organisations });
  await record(ctx, 'organisation.table-taken', { kind: 'organisation', id: input.id }, { public: false, detail: { ...count }, as: { role: 'registry' } });
  return count;
}

export async function dropUploaded(ctx: Ctx, input: { id: string }): Promise<void> {
  allow(mayUpload(ctx.actor), 'bring in a table of organisations');
  if (parseId(input.id) !== null) await deleteUpload(ctx, input.id);
}
