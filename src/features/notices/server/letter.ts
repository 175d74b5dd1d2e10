/** Sentences of letters: the same words as text and as plain HTML, without a picture that tells who opened it. */
import { addressIn, DIRECTION, LOCALE, type Lang } from '#platform/i18n/languages.ts';
import { formatText } from '#platform/i18n/message.ts';
import { words, type Words } from '#platform/i18n/words.ts';
import type { Template, Values } from '../model.ts';

export type Piece = { template: Template; values: Values; /** of a public entry only */ title: string | null };
export type Written = { subject: string; text: string; html: string };
/** Words that stand in for the original ones, by `template.part`. */
export type Texts = ReadonlyMap<string, string>;
type Where = { origin: string; zone: string; texts?: Texts };
type Block = { sentence: string; title: string | null; link: string | null };

const LONGEST_TITLE = 120;

/** One letter for what is due, or a digest when there is more than one piece. */
export function writeMail(pieces: readonly Piece[], lang: Lang, where: Where, stop: string | null): Written {
  const w = words(lang, 'arab', where.zone);
  const blocks = pieces.map((piece) => block(piece, lang, where));
  const first = pieces[0]!;
  const subject = pieces.length === 1 ? said(w, `${first.template}.subject`, params(first.values, lang, where), where) : w.t('notices.digest.subject', { count: pieces.length });
  const footer = w.t('notices.footer');
  const text = [...blocks.map(({ sentence, title, link }) => [sentence, title, link].filter((it) => it !== null).join('\n')), ...(stop ? [`-- \n${footer}\n${stop}`] : [])].join('\n\n');
  return { subject, text, html: toHtml(blocks, lang, stop ? { words: footer, address: stop } : null) };
}

/** In the administrator's words where there are some. */
function said(w: Words, key: string, params: Record<string, string>, where: Where): string {
  const own = where.texts?.get(key);
  return own === undefined ? w.tc('notices', key, params) : formatText(own, `${LOCALE[w.lang]}-u-nu-${w.digits}`, params);
}

/** What a letter would say, of an entry and a date that are nobody's. */
export function sampleOf(template: Template, lang: Lang, zone: string, texts: Texts): { subject: string; body: string; sms: string } {
  const where = { origin: '', zone, texts };
  const piece: Piece = { template, values: { number: 'HLB-4827-70', due: '2026-12-07', code: '482731' }, title: null };
  const { subject } = writeMail([piece], lang, where, null);
  return { subject, body: block(piece, lang, where).sentence, sms: writeSms(piece, lang, where) };
}

function block(piece: Piece, lang: Lang, where: Where): Block {
  const w = words(lang, 'arab', where.zone);
  return {
    sentence: said(w, `${piece.template}.body`, params(piece.values, lang, where), where),
    title: piece.title ? `«${shortened(piece.title)}»` : null,
    link: piece.template === 'code' || piece.template === 'optin' ? null : where.origin + addressIn(lang, pageOf(piece)),
  };
}

function toHtml(blocks: readonly Block[], lang: Lang, footer: { words: string; address: string } | null): string {
  const paragraph = (inner: string) => `<p>${inner}</p>`;
  const anchor = (address: string) => `<a href="${escaped(address)}"><bdi dir="ltr">${escaped(address)}</bdi></a>`;
  const body = blocks.map(({ sentence, title, link }) => paragraph([
    escaped(sentence).replaceAll('\n', '<br>'), ...(title ? [`<bdi>${escaped(title)}</bdi>`] : []), ...(link ? [anchor(link)] : []),
  ].join('<br>')));
  const end = footer ? ['<hr>', paragraph(`${escaped(footer.words)}<br>${anchor(footer.address)}`)] : [];
  return `<!doctype html><html lang="${LOCALE[lang]}" dir="${DIRECTION[lang]}"><meta charset="utf-8"><body dir="${DIRECTION[lang]}">${[...body, ...end].join('\n')}</body></html>`;
}

const SIGNS: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => SIGNS[sign]!);

/** At most 70 characters, one part of an SMS in Arabic; no link, because nobody should learn to press links in an SMS. */
export function writeSms(piece: Piece, lang: Lang, where: Where): string {
  const due = piece.values.due ? shortDay(piece.values.due, lang) : 'none';
  return said(words(lang, 'latn', where.zone), `${piece.template}.sms`, { number: '', ...spaced(piece.values), due } as Record<string, string>, where);
}

/** Where it waits: staff in their room, a question with its own door, everybody else on the page that they may see. */
function pageOf({ template, values, title }: Piece): string {
  if (template === 'role') return '/admin/roles';
  if (template === 'moderate') return '/gov/moderation';
  if (values.organisation) return values.room ? `/gov/orgs/${values.organisation}` : `/org/${values.organisation}`;
  if (values.comment) return `/comments/${values.comment}`;
  if (values.room) return pageOfStaff(template, values.room, values);
  if (!values.number) return '/track';
  if (template === 'question') return `/n/${values.number}/answer`;
  // What is not public has no page of its own: its sender opens it by number and key.
  if (!title) return `/track?number=${values.number}`;
  return template === 'confirm' ? `/n/${values.number}/confirm` : `/n/${values.number}`;
}

function pageOfStaff(template: Template, room: 'desk' | 'gov', { number, commitment }: Values): string {
  if (template === 'approval') return `/${room}/approvals`;
  // Who works on a commitment opens it there, from whichever room they come.
  if (commitment) return `/desk/commitments/${commitment}`;
  return room === 'desk' && number && ON_DESK.has(template) ? `/desk/n/${number}` : `/${room}`;
}

/** These are about an entry, and wait on its own page. */
const ON_DESK: ReadonlySet<Template> = new Set(['assigned', 'returned', 'disputed', 'soon', 'escalated']);

function params(values: Values, lang: Lang, where: Where): Record<string, string> {
  const due = values.due ? words(lang, 'arab', where.zone).date(values.due) : 'none';
  return { number: values.number ?? '', ...spaced(values), due };
}

/** «482 731»: read aloud and typed in two halves. */
const spaced = (values: Values): Values => (values.code ? { ...values, code: values.code.replace(/^(\d{3})(\d{3})$/, '$1 $2') } : values);

const shortened = (title: string): string => (title.length > LONGEST_TITLE ? `${title.slice(0, LONGEST_TITLE)}…` : title);

function shortDay(day: string, lang: Lang): string {
  return new Intl.DateTimeFormat(`${LOCALE[lang]}-u-nu-latn`, { day: 'numeric', month: 'long', timeZone: 'UTC' }).format(new Date(`${day}T12:00:00Z`));
}
