import { allow, refuse } from '#kernel/refusal.ts';
import { record } from '../../record/server/index.ts';
import type { Ctx } from '../../context.ts';
import { mayCloseOwn } from '../access.ts';
import { actorId, refuseLastAdministrator } from './roles.ts';
import { deleteCodesOf } from './store/codes.ts';
import { dropFactors } from './store/factors.ts';
import { forgetLinks } from './store/links.ts';
import { contactHashes, forgetName, lockPerson, saveEnded } from './store/persons.ts';
import { everGranted, liveGrants, lockState, saveGrantEnded } from './store/roles.ts';
import { deleteSessions } from './store/sessions.ts';

/**
 * Somebody ends their own account: sign-ins, factors, contacts and codes are deleted. Of staff the roles end too, and the name stays beside what was done
 * in office; whoever got hold of their phone alone cannot do it. Invented people of a demonstration stay.
 */
export async function closeOwnAccount(ctx: Ctx): Promise<{ staff: boolean }> {
  const id = actorId(ctx);
  const staff = await everGranted(ctx, id);
  allow(mayCloseOwn(ctx.actor, staff), 'end this account');
  if (staff) await lockState(ctx);
  if ((await lockPerson(ctx, id)).demonstration) refuse({ because: 'wrong-state', is: 'demonstration', wanted: 'an account of somebody' });
  const grants = await liveGrants(ctx, id);
  if (grants.some((grant) => grant.role === 'administrator' && grant.state === 'held')) await refuseLastAdministrator(ctx);
  for (const grant of grants) await saveGrantEnded(ctx, grant.id, id);
  await deleteCodesOf(ctx, await contactHashes(ctx, id));
  await deleteSessions(ctx, id);
  await dropFactors(ctx, id);
  await forgetLinks(ctx, id);
  await saveEnded(ctx, id);
  if (!staff) await forgetName(ctx, id);
  await record(ctx, staff ? 'person.ended' : 'person.erased', { kind: 'person', id }, { public: false, detail: { roles: grants.length }, as: { role: 'resident' } });
  return { staff };
}
