/** Plays the demonstration's steps: every one is a use case, done by whoever may do it, at its own moment. */
import { randomUUID } from 'node:crypto';
import type { Actor, Person } from '#kernel/actor.ts';
import { refuse } from '#kernel/refusal.ts';
import { escalateLateCommitments, settleSilentCommitments, breakCommitment, commitmentsOf, renegotiateCommitment, reportDone, reportProgress } from '#features/commitments/server/index.ts';
import { approveAnswer, publishDue, saveDraft, sendAnswer, type Saved } from '#features/answers/server/index.ts';
import {
  askSender, closeAnswered, confirmEntry, escalateEntries, extendDeadline, followCommitments, joinEntry, replyToQuestion, startEntryStudy, submitEntry, supportByCrowd, toConfirm, triageEntry, withdrawEntry, type CrowdSupport,
} from '#features/intake/server/index.ts';
import type { Ctx } from '#features/context.ts';
import type { DemoEntry } from './content.ts';
import { nameHelpers, type Helper } from './organisations.ts';
import type { Cast, PlannedStep } from './plan.ts';
import type { Deed } from './story.ts';

export type Stage = {
  coordinator: Actor;
  clerk: Actor;
  /** who holds the role in the body with this code */
  staff(role: 'officer' | 'head', body: string): Actor;
  accounts: readonly Person[];
  cast: ReadonlyMap<string, Cast>;
  helpers: readonly Helper[];
};

type Known = { id: string; number: string; key: string | null; answer: Saved | null; waiting: CrowdSupport[] };

const SYSTEM: Actor = { kind: 'system', job: 'demonstration' };
const VISITOR: Actor = { kind: 'visitor' };

/** Within the transaction that it is called in: the whole demonstration is there, or nothing of it. Answers what each entry is known by. */
export async function playDemo(ctx: Ctx, input: { steps: readonly PlannedStep[]; stage: Stage }): Promise<ReadonlyMap<string, { number: string }>> {
  const known = new Map<string, Known>();
  for (const step of input.steps) {
    const as = (actor: Actor): Ctx => ({ ...ctx, actor, now: step.at, caller: null });
    if (step.deed.verb === 'night') await night(as(SYSTEM));
    else if (step.deed.verb === 'submit') known.set(step.entry!.key, await submit(as, step.entry!, input.stage));
    else if (step.deed.verb === 'support') known.get(step.entry!.key)!.waiting.push({ person: input.stage.accounts[step.deed.who]!.id, at: step.at });
    else {
      await showSupports(as(SYSTEM), known.get(step.entry!.key)!);
      await play(as, step.entry!, step.deed, input.stage, known);
    }
  }
  for (const it of known.values()) await showSupports({ ...ctx, actor: SYSTEM }, it);
  return known;
}

/** Those who supported it since its last step: together, before the next one. */
async function showSupports(ctx: Ctx, it: Known): Promise<void> {
  if (it.waiting.length > 0) await supportByCrowd(ctx, { number: it.number, supports: it.waiting.splice(0) });
}

/** What the worker does by itself when a day is over. */
async function night(ctx: Ctx): Promise<void> {
  await settleSilentCommitments(ctx);
  await escalateLateCommitments(ctx);
  await escalateEntries(ctx);
  await closeAnswered(ctx);
  await followCommitments(ctx);
}

type As = (actor: Actor) => Ctx;

/** The clerk writes down what comes by desk, phone and paper; the rest comes by itself. */
async function submit(as: As, entry: DemoEntry, stage: Stage): Promise<Known> {
  const { sender } = stage.cast.get(entry.key)!;
  const assisted = entry.channel === 'desk' || entry.channel === 'phone' || entry.channel === 'paper';
  const receipt = await submitEntry(as(assisted ? stage.clerk : sender === null ? VISITOR : stage.accounts[sender]!), {
    once: randomUUID(), kind: entry.kind, title: entry.title, text: entry.text, language: entry.language, place: entry.place, placeWords: '', point: '',
    // Whoever does not fill in a form leaves the sorting to triage.
    sectors: entry.channel === 'web' ? entry.sectors : [], served: entry.served.who, servedCount: entry.served.count ?? null, contact: '', name: '', named: false, channel: entry.channel,
  });
  return { id: receipt.id, number: receipt.number, key: receipt.key, answer: null, waiting: [] };
}

async function play(as: As, entry: DemoEntry, deed: Exclude<Deed, { verb: 'submit' }>, stage: Stage, known: Map<string, Known>): Promise<void> {
  const it = known.get(entry.key)!;
  const { number } = it;
  const officer = () => as(stage.staff('officer', entry.body!));
  const sender = () => { const { sender: who } = stage.cast.get(entry.key)!; return as(who === null ? VISITOR : stage.accounts[who]!); };
  switch (deed.verb) {
    case 'triage': {
      const visibility = entry.kind === 'complaint' ? 'confidential' : 'public';
      return triageEntry(as(stage.coordinator), { number, sectors: entry.sectors, place: entry.place, visibility, body: deed.body });
    }
    case 'ask': return askSender(deed.by === 'officer' ? officer() : as(stage.coordinator), { number, question: entry.question!.text });
    case 'reply': return replyToQuestion(sender(), { ...asked(it), text: entry.question!.reply! });
    case 'study': return startEntryStudy(officer(), { number });
    case 'extend': return extendDeadline(officer(), { number, reason: entry.extension!.reason });
    case 'join': return joinEntry(as(stage.coordinator), { number, into: known.get(entry.merges!)!.number });
    case 'withdraw': return withdrawEntry(sender(), asked(it));
    case 'draft': {
      const { outcome, summary, reason, referredTo } = (entry.answer ?? entry.draft)!;
      it.answer = await saveDraft(officer(), { number, outcome, summary, reason, referredTo, version: 0, promises: deed.promises });
      return;
    }
    case 'send': return sendAnswer(officer(), it.answer!);
    case 'approve': return approveAnswer(as(stage.staff('head', entry.body!)), it.answer!);
    // Answers of other entries may be due by now, too.
    case 'publish': {
      while ((await publishDue(as(SYSTEM))) > 0);
      return nameHelpers(as, { helpers: stage.helpers, body: entry.body!, entry: it.id, officer: stage.staff('officer', entry.body!) });
    }
    case 'voice': return confirm(as, stage, entry, deed, it);
    case 'progress': return reportProgress(officer(), { id: await promiseOf(officer(), it, deed.what), text: deed.text });
    case 'slip': return renegotiateCommitment(officer(), { id: await promiseOf(officer(), it, deed.what), due: deed.due, reason: deed.reason });
    case 'done': await reportDone(officer(), { id: await promiseOf(officer(), it, deed.what), text: deed.text }); break;
    case 'break': await breakCommitment(as(stage.staff('head', entry.body!)), { id: await promiseOf(officer(), it, deed.what), reason: deed.text }); break;
  }
  await followCommitments(as(SYSTEM));
}

const asked = (it: Known) => ({ number: it.number, ...(it.key ? { key: it.key } : {}) });

async function confirm(as: As, stage: Stage, entry: DemoEntry, deed: Extract<Deed, { verb: 'voice' }>, it: Known): Promise<void> {
  const { supporters, neighbours } = stage.cast.get(entry.key)!;
  const who = (deed.voice === 'supporter' ? supporters : neighbours)[deed.who]!;
  const { commitments } = await toConfirm(as(stage.accounts[who]!), { number: it.number });
  for (const { number: commitment } of commitments.filter((one) => one.state === 'done')) await confirmEntry(as(stage.accounts[who]!), { number: it.number, commitment, verdict: deed.verdict });
  await followCommitments(as(SYSTEM));
}

/** An answer's promises became commitments when it was published; they are known by their words. */
async function promiseOf(ctx: Ctx, it: Known, what: string): Promise<string> {
  const found = (await commitmentsOf(ctx, { subjectIds: [it.id], publicOnly: false })).find((commitment) => commitment.what === what);
  return found?.id ?? refuse({ because: 'not-found', what: 'commitment' });
}
