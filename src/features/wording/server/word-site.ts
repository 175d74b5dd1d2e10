import { allow, refuse } from '#kernel/refusal.ts';
import { codePoints } from '#kernel/text-limits.ts';
import type { Lang } from '#platform/i18n/languages.ts';
import { messageProblem } from '#platform/i18n/message.ts';
import type { Subject } from '../../record/model.ts';
import { record } from '../../record/server/index.ts';
import type { Ctx } from '../../context.ts';
import { mayWordSite } from '../access.ts';
import { slotOf } from '../model.ts';
import { reword } from '../rules.ts';
import { originalOf } from './queries.ts';
import { addWording, earlierWording, wordingAt } from './store.ts';

type Place = { key: string; language: Lang };

/** All sentences of the site are one thing in the record. */
const WORDING: Subject = { kind: 'site', id: '0198c0de-7e87-7000-8000-000000000002' };

/** Says it in the governorate's words from now on; empty, or as the program says it: in the program's words again. */
export async function wordSite(ctx: Ctx, input: Place & { text: string; seen: number }): Promise<void> {
  allow(mayWordSite(ctx.actor), 'word the site');
  sayable(input);
  await wordAnew(ctx, input, input.text, input.seen, 'site.worded');
}

/** Brings back what stood here before; 0 is what the program brings. It becomes the newest wording, and nothing of the history goes. */
export async function restoreWording(ctx: Ctx, input: Place & { version: number; seen: number }): Promise<void> {
  allow(mayWordSite(ctx.actor), 'word the site');
  const earlier = input.version === 0 ? { text: null } : await earlierWording(ctx, input, input.version);
  if (!earlier) return refuse({ because: 'not-found', what: 'wording' });
  const text = earlier.text ?? '';
  sayable({ ...input, text });
  await wordAnew(ctx, input, text, input.seen, 'site.wording-restored');
}

/** Whether it could be said, without saying it; refused as it would be when it is saved. */
export async function tryWording(ctx: Ctx, input: Place & { text: string }): Promise<{ text: string }> {
  allow(mayWordSite(ctx.actor), 'word the site');
  sayable(input);
  return { text: input.text };
}

async function wordAnew(ctx: Ctx, place: Place, text: string, seen: number, kind: string): Promise<void> {
  const before = await wordingAt(ctx, place);
  const next = reword(before, text, originalOf(place.key, place.language), seen);
  if (!next) return;
  await addWording(ctx, place, next);
  const content = { ...(next.text ? { text: next.text } : {}), ...(before.text ? { before: before.text } : {}) };
  await record(ctx, kind, WORDING, { public: true, detail: { key: place.key, language: place.language, version: next.version }, content, as: { role: 'administrator' } });
}

function sayable({ key, language, text }: Place & { text: string }): void {
  if (text === '') return;
  const original = originalOf(key, language);
  const problem = codePoints(text) > slotOf(key, original).longest ? 'too-long' : messageProblem(text, original, language);
  if (problem) refuse({ because: 'invalid', fields: { text: problem } });
}
