import { allSectors } from '#features/places/server/index.ts';
import type { PageServerLoad } from './$types';

/** The counter's form without anybody in it: kept on devices that hold numbers, opened when the network is away. */
export const load: PageServerLoad = async ({ locals }) => ({ sectors: (await locals.ask(allSectors, undefined)).filter((it) => it.parent === null) });
