import { record } from '../../record/server/index.ts';
import type { Ctx } from '../../context.ts';
import { countAdministrators, lockState, saveTwoPersons } from './store/roles.ts';

/** The installation itself, as the subject of an act. */
const SITE = '00000000-0000-7000-8000-000000000001';

/** From the moment a second administrator has signed in with two factors, roles need two persons. Recorded once. */
export async function beginTwoPersons(ctx: Ctx): Promise<void> {
  if ((await countAdministrators(ctx, true)) < 2) return;
  if ((await lockState(ctx)).twoPersons || (await countAdministrators(ctx, true)) < 2) return;
  await saveTwoPersons(ctx);
  await record(ctx, 'people.two-persons-begin', { kind: 'site', id: SITE }, { public: true, as: { role: 'administrator' } });
}
