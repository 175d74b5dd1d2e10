/** The words of letters: those that the program brings, and those that the administrator has put in their place. */
import { allow } from '#kernel/refusal.ts';
import { LANGS, type Lang } from '#platform/i18n/languages.ts';
import { CATALOG } from '#platform/i18n/catalog.ts';
import type { Ctx } from '../../context.ts';
import { mayKeepNotices } from '../access.ts';
import { PARTS, TEMPLATES, type Part, type Template } from '../model.ts';
import { smsLength } from '../sms-length.ts';
import type { TemplateLine, TemplateView } from '../views.ts';
import { sampleOf, type Texts } from './letter.ts';

/** Texts in one language that stand in for the original ones, by `template.part`. */
export async function textsOf(ctx: Ctx, language: Lang): Promise<Texts> {
  const rows = await ctx.db.selectFrom('noticeTexts').select(['template', 'part', 'text']).where('language', '=', language).execute();
  return new Map(rows.map((row) => [`${row.template}.${row.part}`, row.text]));
}

export const originalOf = (template: Template, part: Part, language: Lang): string => CATALOG[language][`notices.${template}.${part}`] ?? '';

/** Every template, and in which languages its words were changed. */
export async function templateList(ctx: Ctx): Promise<TemplateLine[]> {
  allow(mayKeepNotices(ctx.actor), 'keep notices');
  const rows = await ctx.db.selectFrom('noticeTexts').select(['template', 'language']).distinct().execute();
  return TEMPLATES.map((template) => ({ template, changed: LANGS.filter((lang) => rows.some((row) => row.template === template && row.language === lang)) }));
}

export async function templateTexts(ctx: Ctx, asked: { template: Template; language: Lang }): Promise<TemplateView> {
  allow(mayKeepNotices(ctx.actor), 'keep notices');
  const texts = await textsOf(ctx, asked.language);
  const parts = PARTS.map((part) => {
    const original = originalOf(asked.template, part, asked.language);
    return { part, original, text: texts.get(`${asked.template}.${part}`) ?? original, changed: texts.has(`${asked.template}.${part}`) };
  });
  const sample = sampleOf(asked.template, asked.language, ctx.profile.zone, texts);
  return { ...asked, parts, preview: { ...sample, length: smsLength(sample.sms) } };
}
