/** Loads the demonstration, once, into an installation in which nobody lives yet. */
import type { Person } from '#kernel/actor.ts';
import { keepSite, keptSite, workingCalendar } from '#features/places/server/index.ts';
import { hasEntries } from '#features/intake/server/index.ts';
import { addDemoCrowd, addDemoPerson, holdInhabitants } from '#features/people/server/index.ts';
import type { Ctx } from '#features/context.ts';
import type { DemoContent } from './content.ts';
import { playComments } from './comments.ts';
import { playOrganisations } from './organisations.ts';
import { planDemo } from './plan.ts';
import { playDemo, type Stage } from './play.ts';

const YEAR = 365 * 86_400_000;

export type Loaded = 'loaded' | 'there' | 'inhabited';

/** One transaction: a start that is stopped in the middle leaves nothing behind, and of two at once the second waits and finds it there. */
export async function loadDemo(ctx: Ctx, content: DemoContent): Promise<Loaded> {
  const who = await holdInhabitants(ctx);
  if (who === 'demonstration') return 'there';
  if (who === 'people' || (await hasEntries(ctx))) return 'inhabited';
  // The offices were staffed before the first entry came.
  const opening = { ...ctx, now: new Date(ctx.now.getTime() - YEAR) };
  const staff = await hire(opening, content);
  await openSite({ ...opening, actor: staff.byRole('administrator') }, content);
  const calendar = await workingCalendar(ctx);
  const residents = staff.all('resident');
  const plan = planDemo({ content, now: ctx.now, calendar, delayMinutes: ctx.profile.approvalDelayMinutes, residents: residents.length });
  const crowd = (await addDemoCrowd(opening, { count: plan.crowd - residents.length })).map((id): Person => ({ kind: 'person', id, roles: [{ role: 'resident', body: null }], verified: 'contact', assurance: 'one' }));
  const stage: Omit<Stage, 'helpers'> = {
    coordinator: staff.byRole('coordinator'), clerk: staff.byRole('clerk'), staff: staff.of, accounts: [...residents, ...crowd], cast: plan.cast,
  };
  // Organisations are there before the promises in which they help.
  const helpers = content.organisations.length === 0 ? [] : await playOrganisations(ctx, { organisations: content.organisations, hands: { registrar: staff.byRole('registry'), second: staff.byRole('coordinator'), member: staff.byRole('member') } });
  const numbers = await playDemo(ctx, { steps: plan.steps, stage: { ...stage, helpers } });
  await playComments(ctx, { content, numbers, calendar, speakers: { accounts: crowd, moderator: staff.byRole('moderator'), staff: staff.of } });
  return 'loaded';
}

/** One after the other, so that they stay in the order of the file. */
type Hired = { role: string; body: string | null; actor: Person };

async function hire(ctx: Ctx, content: DemoContent) {
  const hired: Hired[] = [];
  for (const [nth, { role, body, displayName }] of content.people.entries()) {
    const held = role === 'resident' ? [] : [{ role, body: role === 'officer' || role === 'head' ? body : null }];
    const { person, roles } = await addDemoPerson({ ...ctx, now: new Date(ctx.now.getTime() + nth * 1_000) }, { name: displayName.ar, language: 'ar', roles: held });
    hired.push({ role, body, actor: { kind: 'person', id: person, roles: [{ role: 'resident', body: null }, ...roles], verified: 'desk', assurance: 'two' } });
  }
  const one = (found: Hired | undefined, wanted: string): Person => {
    if (!found) throw new Error(`demo.json has nobody who is ${wanted}.`);
    return found.actor;
  };
  return {
    byRole: (role: string) => one(hired.find((it) => it.role === role), role),
    of: (role: 'officer' | 'head', body: string) => one(hired.find((it) => it.role === role && it.body === body), `${role} of ${body}`),
    all: (role: string) => hired.filter((it) => it.role === role).map((it) => it.actor),
  };
}

async function openSite(ctx: Ctx, content: DemoContent): Promise<void> {
  const { site, seen } = await keptSite(ctx);
  await keepSite(ctx, { ...site, ...content.site, opened: true, seen });
}
