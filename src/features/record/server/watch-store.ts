import type { Ctx } from '../../context.ts';
import type { WitnessProblem } from '../model.ts';
import type { ShownWitness } from '../views.ts';

export async function loadWitnesses(ctx: Ctx): Promise<ShownWitness[]> {
  const rows = await ctx.db.selectFrom('recordWitnesses').selectAll().orderBy('place').orderBy('name').limit(200).execute();
  return rows.map((row) => ({
    name: row.name, vkey: row.vkey,
    seen: row.size !== null && row.cosignedAt ? { size: Number(row.size), at: row.cosignedAt } : null,
    problem: row.problem && row.problemSince ? { kind: row.problem, since: row.problemSince } : null,
  }));
}

type Named = { name: string; vkey: string };

export async function dropWitnessesBut(ctx: Ctx, kept: readonly Named[]): Promise<void> {
  const gone = (await loadWitnesses(ctx)).filter((it) => !kept.some((other) => other.name === it.name && other.vkey === it.vkey)).map((it) => it.name);
  if (gone.length > 0) await ctx.db.deleteFrom('recordWitnesses').where('name', 'in', gone).execute();
}

export async function saveWitness(ctx: Ctx, it: Named & { place: number }): Promise<void> {
  await ctx.db.insertInto('recordWitnesses').values({ ...it, size: null, cosignedAt: null, problem: null, problemSince: null })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ place: it.place })).execute();
}

/** A size is what it has cosigned now; a problem keeps the moment at which it began. */
export async function saveAnswer(ctx: Ctx, name: string, answer: number | WitnessProblem): Promise<void> {
  const row = ctx.db.updateTable('recordWitnesses').where('name', '=', name);
  if (typeof answer === 'number') await row.set({ size: BigInt(answer), cosignedAt: ctx.now, problem: null, problemSince: null }).execute();
  else await row.set({ problem: answer, problemSince: ctx.now }).where('problem', 'is distinct from', answer).execute();
}

export async function setWitnessed(ctx: Ctx, size: number): Promise<void> {
  await ctx.db.updateTable('recordLog').set({ witnessedSize: BigInt(size), witnessedAt: ctx.now }).execute();
}
