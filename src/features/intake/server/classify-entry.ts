import type { PlaceCode, SectorCode } from '#kernel/ids.ts';
import { allow, refuse } from '#kernel/refusal.ts';
import { record } from '../../record/server/index.ts';
import type { Ctx } from '../../context.ts';
import { isVisible, mayTriage } from '../access.ts';
import type { Entry } from '../model.ts';
import { classify } from '../rules.ts';
import { saveEntry } from './store.ts';
import { knownSectors, placeExists } from './submission-store.ts';
import { lockForWork } from './work-store.ts';

/** Corrects what an entry is about and where. Without a difference nothing happens. */
export async function classifyEntry(ctx: Ctx, input: { number: string; sectors: readonly string[]; place: string }): Promise<void> {
  allow(mayTriage(ctx.actor), 'triage entries');
  const entry = await lockForWork(ctx, input.number, () => true);
  const seen = { place: (input.place || null) as PlaceCode | null, sectors: [...new Set(input.sectors)] as SectorCode[] };
  if (same(entry, seen)) return;
  if (seen.place && seen.place !== entry.place && !(await placeExists(ctx, seen.place))) refuse({ because: 'invalid', fields: { place: 'unknown' } });
  if ((await knownSectors(ctx, seen.sectors)) !== seen.sectors.length) refuse({ because: 'invalid', fields: { sectors: 'invalid' } });
  await saveEntry(ctx, classify(entry, seen));
  await record(ctx, 'entry.classified', { kind: 'entry', id: entry.id }, {
    public: isVisible(entry), detail: { place: seen.place, sectors: seen.sectors }, as: { role: 'coordinator' },
  });
}

function same(entry: Entry, seen: Pick<Entry, 'place' | 'sectors'>): boolean {
  return entry.place === seen.place && entry.sectors.length === seen.sectors.length && entry.sectors.every((code) => seen.sectors.includes(code));
}
