/** Organisations of the demonstration: each step is a use case, done by whoever may do it. */
import type { Actor, Person } from '#kernel/actor.ts';
import { addDays, localDate } from '#kernel/working-days.ts';
import { commitmentsOf } from '#features/commitments/server/index.ts';
import { addContactPoint, addDocument, agreeToPart, decideProposal, describeOrganisation, importOrganisations, insideOrganisation, inviteMember, joinOrganisation, listOrganisations, namePartner, proposeDecision, submitOrganisation } from '#features/organisations/server/index.ts';
import type { Ctx } from '#features/context.ts';
import type { DemoOrganisation } from './content.ts';

export type Hands = { registrar: Actor; second: Actor; member: Person };
/** An organisation that a body names as a partner in its next promises. */
export type Helper = { number: string; body: string; member: Actor };

const SYSTEM: Actor = { kind: 'system', job: 'demonstration' };
const DAY = 86_400_000;
const LICENSED_DAYS = 400;
/** A white point stands for the paper: invented organisations have none. */
const PAPER = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==', 'base64');

/** Brought in by a table a season ago; some were taken over by their member, handed in, and judged by two persons. */
export async function playOrganisations(ctx: Ctx, { organisations, hands }: { organisations: readonly DemoOrganisation[]; hands: Hands }): Promise<Helper[]> {
  const helpers: Helper[] = [];
  const then = { ...ctx, now: new Date(ctx.now.getTime() - 90 * DAY) };
  const as = (actor: Actor): Ctx => ({ ...then, actor, caller: null });
  await importOrganisations(as(SYSTEM), { source: 'demonstration', organisations: organisations.map((it, at) => rowOf(it, at)) });
  const { items } = await listOrganisations(as(SYSTEM), { q: '', kind: null, sector: '', place: '', standing: null, after: '', limit: 100 });
  for (const it of organisations.filter((one) => one.standing !== 'listed')) {
    const number = items.find((one) => one.names.ar === it.name.ar)!.number;
    await takeOver(as, number, it, hands);
    if (it.standing === 'submitted') continue;
    const until = addDays(localDate(then.now, ctx.profile.zone), 365);
    const id = await proposeDecision(as(hands.registrar), { number, kind: 'verify', reason: 'قرأنا الترخيص والنظام الأساسي، وهما ساريان.', until });
    if (it.standing === 'proposed') continue;
    await decideProposal(as(hands.second), { number, id, outcome: 'confirmed' });
    if (it.helps) helpers.push({ number, body: it.helps, member: hands.member });
  }
  return helpers;
}

function rowOf(it: DemoOrganisation, at: number) {
  return {
    line: at + 1, externalId: `demo-${at + 1}`, names: it.name, kind: it.kind, about: it.about, sectors: it.sectors, places: it.places, services: it.services, expertise: it.expertise, staff: it.staff, volunteers: it.volunteers, answerDays: it.answerDays,
    licence: { number: '', by: '', until: null }, contacts: [], activities: it.activities.map((one) => ({ line: at + 1, sector: one.sector, places: [one.place], what: one.what, state: 'ongoing' as const, starts: null, ends: null, targeted: one.targeted ?? null, reached: null })),
  };
}

type As = (actor: Actor) => Ctx;

async function takeOver(as: As, number: string, it: DemoOrganisation, { registrar, member }: Hands): Promise<void> {
  const { token } = await inviteMember(as(registrar), { number, name: 'مسؤول المنظّمة (حساب تجريبي)', roles: ['owner'] });
  await joinOrganisation(as(member), { token });
  const { version } = await insideOrganisation(as(member), number);
  const { now } = as(member);
  await describeOrganisation(as(member), { number, version, change: { licence: { number: `تجريبي-${it.licence}`, by: 'محتوى تجريبي', until: addDays(localDate(now, 'UTC'), LICENSED_DAYS) } } });
  await addContactPoint(as(member), { number, kind: 'mail', value: 'organisation@example.org', public: true });
  for (const kind of ['licence', 'statute'] as const) await addDocument(as(member), { number, kind, public: false, bytes: PAPER });
  await submitOrganisation(as(member), { number });
}

/** A body that has just promised names who helps it, and they agree. */
export async function nameHelpers(as: As, { helpers, body, entry, officer }: { helpers: readonly Helper[]; body: string; entry: string; officer: Actor }): Promise<void> {
  for (const it of helpers.filter((one) => one.body === body)) {
    for (const { number: commitment, state } of await commitmentsOf(as(officer), { subjectIds: [entry], publicOnly: true })) {
      if (state !== 'open') continue;
      await namePartner(as(officer), { commitment, organisation: it.number });
      await agreeToPart(as(it.member), { number: it.number, commitment });
    }
  }
}
