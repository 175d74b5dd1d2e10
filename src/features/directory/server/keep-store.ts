import type { BodyId } from '#kernel/ids.ts';
import { refuse } from '#kernel/refusal.ts';
import type { Ctx } from '../../context.ts';
import type { BodyInput } from '../input.ts';
import type { Body } from '../model.ts';

type Row = { id: string; code: string; kind: string; nameAr: string; nameEn: string; nameKu: string; sectors: string[]; phone: string; active: boolean };
export const toBody = (row: Row): Body => ({
  id: row.id as BodyId, code: row.code, kind: row.kind, names: { ar: row.nameAr, en: row.nameEn, ku: row.nameKu }, sectors: row.sectors, phone: row.phone, active: row.active,
});
/** What of a body is written in the form, in one order whatever the order of its boxes. */
export const shape = (it: Pick<Body, 'kind' | 'names' | 'sectors' | 'phone'>) => [it.kind, it.names.ar, it.names.en, it.names.ku, [...it.sectors].sort(), it.phone];
const columnsOf = (it: BodyInput) => ({ kind: it.kind, nameAr: it.names.ar, nameEn: it.names.en, nameKu: it.names.ku, sectors: [...it.sectors], phone: it.phone });

/** False when the code is taken: of two who add the same one, the database lets one pass. */
export async function insertBody(ctx: Ctx, id: BodyId, code: string, it: BodyInput): Promise<boolean> {
  const row = await ctx.db.insertInto('bodies').values({ id, code, ...columnsOf(it), active: true }).onConflict((conflict) => conflict.column('code').doNothing()).returning('id').executeTakeFirst();
  return row !== undefined;
}

export async function lockBody(ctx: Ctx, id: BodyId): Promise<Body> {
  const row = await ctx.db.selectFrom('bodies').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
  return row ? toBody(row) : refuse({ because: 'not-found', what: 'body' });
}

export async function saveBody(ctx: Ctx, id: BodyId, it: BodyInput): Promise<void> {
  await ctx.db.updateTable('bodies').set(columnsOf(it)).where('id', '=', id).execute();
}

export async function saveBodyActive(ctx: Ctx, id: BodyId, active: boolean): Promise<void> {
  await ctx.db.updateTable('bodies').set({ active }).where('id', '=', id).execute();
}
