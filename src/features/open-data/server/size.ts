import { countCommitments } from '../../commitments/server/index.ts';
import { listBodies } from '../../directory/server/index.ts';
import { countEntries } from '../../intake/server/index.ts';
import { countOrganisations } from '../../organisations/server/index.ts';
import { allSectors, countPlaces } from '../../places/server/index.ts';
import { lastPublicMoment } from '../../record/server/index.ts';
import type { Ctx } from '../../context.ts';
import type { SetName } from '../input.ts';
import { setOf } from '../sets.ts';

const COUNTS: Record<SetName, (ctx: Ctx) => Promise<number>> = {
  entries: countEntries, commitments: async (ctx) => (await countCommitments(ctx)).total, bodies: async (ctx) => (await listBodies(ctx, { q: '', kind: null, sector: '' })).length,
  organisations: async (ctx) => (await countOrganisations(ctx)).organisations, activities: async (ctx) => (await countOrganisations(ctx)).activities, places: countPlaces, sectors: async (ctx) => (await allSectors(ctx)).length,
};

/** How many lines a set has now, and when something of it was last written; null where it has not changed since it was loaded. */
export const setSize = async (ctx: Ctx, name: SetName): Promise<{ rows: number; changedAt: Date | null }> => ({ rows: await COUNTS[name](ctx), changedAt: await lastPublicMoment(ctx, setOf(name)?.subjects ?? []) });
