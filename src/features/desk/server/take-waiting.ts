/** Entries that were taken without a network: once each, under the number that their receipt carries. */
import * as v from 'valibot';
import { refuse } from '#kernel/refusal.ts';
import { limit } from '../../people/server/index.ts';
import { placesByName } from '../../places/server/index.ts';
import { receiptOf, receiveEntry } from '../../intake/server/index.ts';
import type { Ctx } from '../../context.ts';
import { mayUseBlock } from '../access.ts';
import { SealedSchema, VisitorSchema, type WaitingInput } from '../input.ts';
import type { Numbered, Seat } from '../model.ts';
import { claim, DESK_LIMITS, takenAt } from '../rules.ts';
import { openBox } from './sealed-box.ts';
import { blockKey, findNumber, insertReceived, lockNumber, receiving, saveUsed } from './store.ts';
import { clerkOf, submissionOf, type Visitor } from './take-entry.ts';
import { typistOf } from './typist.ts';

type Values = Record<string, string | string[]>;

/** Sent again, even at once, it is one entry. What is refused stays on its device until a clerk has corrected it. */
export async function takeWaiting(ctx: Ctx, input: WaitingInput): Promise<{ number: string }> {
  const seat = await receiving(ctx);
  const it = await lockNumber(ctx, input.number);
  const earlier = await receiptOf(ctx, input.once);
  if (earlier && earlier.number === it?.number) return { number: earlier.number };
  const { key, values, by } = await unseal(ctx, seat, input, it);
  const parsed = v.safeParse(VisitorSchema, { ...values, place: '', placeWords: [values.placeQuery, values.placeWords].filter(Boolean).join('، ') });
  if (!parsed.success) return refuse({ because: 'invalid', fields: Object.fromEntries(parsed.issues.map((issue) => [v.getDotPath(issue) ?? 'form', issue.message])) });
  return finish(ctx, seat, { it, key, by, input, visitor: await placed(ctx, { ...parsed.output, once: input.once, held: parsed.output.contact === '' && typeof values.held === 'string' ? values.held : '' }, values) });
}

/** The same after a clerk has corrected it with the network back: its number and key are on paper already. */
export async function takeCorrected(ctx: Ctx, input: { visitor: Visitor; waiting: WaitingInput }): Promise<{ number: string }> {
  const seat = await receiving(ctx);
  const it = await lockNumber(ctx, input.waiting.number);
  const earlier = await receiptOf(ctx, input.waiting.once);
  if (earlier && earlier.number === it?.number) return { number: earlier.number };
  const { key, by } = await unseal(ctx, seat, input.waiting, it);
  return finish(ctx, seat, { it, key, by, input: input.waiting, visitor: { ...input.visitor, once: input.waiting.once } });
}

/** What waited, for the clerk who corrects it. */
export async function openWaiting(ctx: Ctx, input: WaitingInput): Promise<Values> {
  return (await unseal(ctx, await receiving(ctx), input, await findNumber(ctx, input.number))).values;
}

type Finish = { it: Numbered | null; key: string; by: string; input: WaitingInput; visitor: Visitor };

/** It is the entry of the clerk who wrote it down, whichever colleague's page sends it; the act says who sent it. */
async function finish(ctx: Ctx, seat: Seat, { it, key, by, input, visitor }: Finish): Promise<{ number: string }> {
  if (!it) return refuse({ because: 'invalid', fields: { number: 'unknown' } });
  if (visitor.kind === 'complaint') refuse({ because: 'invalid', fields: { kind: 'never-waits' } });
  const said = new Date(input.takenAt);
  claim(it, seat, { block: input.block, at: said });
  await limit(ctx, { ...DESK_LIMITS.entries, key: seat.clerk });
  const typist = (await typistOf(ctx, by)) ?? seat.clerk;
  const settled = { number: it.number, key, receivedAt: takenAt(said, it.block, ctx.now), clerk: { ...clerkOf(seat), id: typist }, detail: { consent: visitor.consent === true, waited: true, ...(typist !== seat.clerk ? { sentByColleague: true } : {}) } };
  const receipt = await receiveEntry(ctx, submissionOf(ctx, visitor, 'desk'), settled);
  await saveUsed(ctx, it.number, receipt.id);
  await insertReceived(ctx, { entryId: receipt.id, bodyId: seat.body });
  return { number: receipt.number };
}

async function unseal(ctx: Ctx, seat: Seat, input: WaitingInput, it: Numbered | null): Promise<v.InferOutput<typeof SealedSchema>> {
  if (!it) return refuse({ because: 'invalid', fields: { number: 'unknown' } });
  if (!mayUseBlock(seat, it.block)) refuse({ because: 'invalid', fields: { number: 'other-desk' } });
  const key = it.block.id === input.block ? await blockKey(ctx, input.block) : null;
  if (!key) return refuse({ because: 'invalid', fields: { number: 'other-block' } });
  const text = openBox(ctx, key, { sealed: input.sealed, number: it.number });
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), SealedSchema), text);
  return parsed.success ? parsed.output : refuse({ because: 'invalid', fields: { number: 'unreadable' } });
}

/** A name that is one place is that place; anything else stays in words. */
async function placed(ctx: Ctx, visitor: Visitor, values: Values): Promise<Visitor> {
  const name = typeof values.placeQuery === 'string' ? values.placeQuery.trim() : '';
  const place = (await placesByName(ctx, [name])).get(name);
  return place ? { ...visitor, place, placeWords: typeof values.placeWords === 'string' ? values.placeWords : '' } : visitor;
}
