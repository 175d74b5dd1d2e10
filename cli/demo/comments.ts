/** Comments of the demonstration: residents say something, bodies reply with their name, a moderator finds work waiting. */
import type { Actor, Person } from '#kernel/actor.ts';
import { addWorkingDays, type Calendar } from '#kernel/working-days.ts';
import { commentFormKey, decideComment, reportComment, sayComment } from '#features/comments/server/index.ts';
import type { Ctx } from '#features/context.ts';
import type { DemoComment, DemoContent } from './content.ts';
import { almanac, daysAgo, momentOf, officeDay, share, type Almanac } from './moments.ts';

export type Speakers = { accounts: readonly Person[]; moderator: Actor; staff(role: 'officer' | 'head', body: string): Actor };
type Played = { book: Almanac; body: string; number: string; speakers: Speakers };

const VISITOR: Actor = { kind: 'visitor' };

/** `numbers`: of the entries, by their key. */
export async function playComments(ctx: Ctx, { content, numbers, calendar, speakers }: { content: DemoContent; numbers: ReadonlyMap<string, { number: string }>; calendar: Calendar; speakers: Speakers }): Promise<void> {
  const bodies = new Map(content.entries.map((it) => [it.key, it.body ?? '']));
  for (const it of content.comments) {
    const played = { book: almanac(ctx.now, calendar), body: bodies.get(it.entry)!, number: numbers.get(it.entry)!.number, speakers };
    const id = await say(ctx, it, '', played);
    for (const reply of it.replies) await say(ctx, { ...reply, language: it.language }, id, played);
    const later = { ...ctx, now: momentIn(played.book, Math.max(1, it.daysAgo - 1), true, id), caller: null };
    const broken = it.reported ?? it.removed?.rule;
    if (broken) await reportComment({ ...later, actor: speakers.accounts[0]! }, { id, rule: broken, words: '' });
    if (it.removed) await decideComment({ ...later, actor: speakers.moderator }, { id, decision: 'remove', ...it.removed });
  }
}

type Words = Pick<DemoComment, 'by' | 'daysAgo' | 'text' | 'language'>;

async function say(ctx: Ctx, it: Words, parent: string, { book, body, number, speakers }: Played): Promise<string> {
  const official = it.by === 'officer' || it.by === 'head';
  const actor = it.by === 'visitor' ? VISITOR : official ? speakers.staff(it.by as 'officer' | 'head', body) : speakers.accounts[Math.floor(share(it.text) * speakers.accounts.length)]!;
  const then: Ctx = { ...ctx, actor, now: momentIn(book, it.daysAgo, official, it.text), caller: null };
  const { token: form } = await commentFormKey(then);
  return (await sayComment(then, { kind: 'entry', number, language: it.language, text: it.text, parent, as: official ? 'official' : 'resident', sure: false, website: '', form, proof: '' })).id;
}

/** Offices speak on working days, the last one before today where a feast lies between. */
function momentIn(book: Almanac, days: number, office: boolean, seed: string): Date {
  if (!office) return momentOf(book, daysAgo(book, days), 8, 22, seed);
  const day = officeDay(book, daysAgo(book, days));
  return momentOf(book, day < book.today ? day : addWorkingDays(book.calendar, book.today, -1), 9.5, 14, seed);
}
