import { allow, refuse } from '#kernel/refusal.ts';
import type { Lang } from '#platform/i18n/languages.ts';
import { messageProblem } from '#platform/i18n/message.ts';
import { record } from '../../record/server/index.ts';
import type { Ctx } from '../../context.ts';
import { mayKeepNotices } from '../access.ts';
import { PARTS, type Part, type Template } from '../model.ts';
import { smsLength, type SmsLength } from '../sms-length.ts';
import { MOST_SMS_PARTS } from '../rules.ts';
import { deleteTexts, saveText } from './store.ts';
import { sampleOf, type Texts } from './letter.ts';
import { originalOf, textsOf } from './text-queries.ts';

type Written = { template: Template; language: Lang } & Record<Part, string>;
/** All texts of letters are one thing in the record. */
const TEXTS = { kind: 'site', id: '0198c0de-7e87-7000-8000-000000000001' } as const;

/** Puts other words in the place of the original ones; every change is an act. */
export async function changeTexts(ctx: Ctx, input: Written): Promise<void> {
  allow(mayKeepNotices(ctx.actor), 'keep notices');
  checked(ctx, input);
  const before = await textsOf(ctx, input.language);
  const changed = PARTS.filter((part) => (before.get(`${input.template}.${part}`) ?? originalOf(input.template, part, input.language)) !== input[part]);
  if (changed.length === 0) return;
  for (const part of changed) await saveText(ctx, { template: input.template, language: input.language, part, text: input[part], original: input[part] === originalOf(input.template, part, input.language) });
  await record(ctx, 'site.texts-changed', TEXTS, { public: true, detail: { template: input.template, language: input.language, parts: changed }, as: { role: 'administrator' } });
}

/** Back to the words that the program brings. */
export async function restoreTexts(ctx: Ctx, input: { template: Template; language: Lang }): Promise<void> {
  allow(mayKeepNotices(ctx.actor), 'keep notices');
  if (await deleteTexts(ctx, input)) await record(ctx, 'site.texts-restored', TEXTS, { public: true, detail: { ...input }, as: { role: 'administrator' } });
}

/** What a letter would say with these words; refused beside their field when they could not be sent. */
export async function previewTexts(ctx: Ctx, input: Written): Promise<{ subject: string; body: string; sms: string; length: SmsLength }> {
  allow(mayKeepNotices(ctx.actor), 'keep notices');
  const sample = checked(ctx, input);
  return { ...sample, length: smsLength(sample.sms) };
}

function checked(ctx: Ctx, input: Written) {
  const fields: Record<string, string> = {};
  for (const part of PARTS) {
    // A date may be left out; a number or a code is what the letter is for.
    const problem = messageProblem(input[part], originalOf(input.template, part, input.language), input.language, ['due']);
    if (problem) fields[part] = problem;
  }
  if (Object.keys(fields).length > 0) refuse({ because: 'invalid', fields });
  const texts: Texts = new Map(PARTS.map((part) => [`${input.template}.${part}`, input[part]]));
  const sample = sampleOf(input.template, input.language, ctx.profile.zone, texts);
  if (smsLength(sample.sms).parts > MOST_SMS_PARTS) refuse({ because: 'invalid', fields: { sms: 'too-many-parts' } });
  return sample;
}
