import { readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { LANGS } from '#platform/i18n/languages.ts';
import { words } from '#platform/i18n/words.ts';
import { TEMPLATES } from '../model.ts';
import { writeMail, writeSms } from './letter.ts';

const where = { origin: 'https://abwab.example', zone: 'Asia/Damascus' };
// the longest number for years to come, and the longest names of months
const DAYS = ['2026-11-24', '2026-12-24', '2027-09-24', '2027-02-24'];
const number = 'HLB-48270-70';

test('every SMS fits into one part in Arabic encoding, in every language, without a link', () => {
  const longer: string[] = [];
  for (const lang of LANGS) for (const template of TEMPLATES) for (const due of [...DAYS, undefined]) {
    const text = writeSms({ template, values: { number, code: '482731', ...(due ? { due } : {}) }, title: null }, lang, where);
    if (text.length > 70 || /https?:|www\.|[٠-٩]|\{|none/.test(text)) longer.push(`${text.length} ${text}`);
  }
  expect(longer).toEqual([]);
});

test('a code is written in Latin digits in two halves', () => {
  expect(writeSms({ template: 'code', values: { code: '482731' }, title: null }, 'ar', where)).toContain('482 731');
});

test('every mail has a subject and a text in every language, with or without a date', () => {
  for (const lang of LANGS) for (const template of TEMPLATES) for (const values of [{ number, code: '482731' }, { number, due: '2026-12-07', code: '482731' }]) {
    const { subject, text } = writeMail([{ template, values, title: null }], lang, where, 'https://abwab.example/stop/x');
    expect(subject).not.toMatch(/notices\.|[{}]|undefined/);
    expect(text).not.toMatch(/notices\.|[{}]|undefined|none/);
    expect(text).toContain('https://abwab.example/stop/x');
  }
});

test('what is not public is named by its number, and its link leads to the page that asks for the key', () => {
  const hidden = writeMail([{ template: 'answered', values: { number }, title: null }], 'en', where, null);
  expect(hidden.text).toContain('https://abwab.example/en/track');
  const open = writeMail([{ template: 'answered', values: { number }, title: 'شارع بلا إنارة' }], 'ar', where, null);
  expect(open.text).toContain(`https://abwab.example/n/${number}`);
  expect(open.text).toContain('«شارع بلا إنارة»');
});

test('several pieces make one digest whose subject counts them as the language does', () => {
  const piece = { template: 'answered', values: { number }, title: null } as const;
  expect(writeMail([piece, piece], 'ar', where, null).subject).toBe(words('ar').t('notices.digest.subject', { count: 2 }));
  expect(writeMail(Array(3).fill(piece), 'ar', where, null).subject).toContain('أخبار');
});

test('every link of a letter leads to a page of the site', () => {
  const pages = readdirSync('src/routes', { recursive: true, encoding: 'utf8' }).filter((file) => /\+page\.(svelte|server\.ts)$/.test(file)).map((file) => `/${dirname(file)}`.replace(/\/\([a-z]+\)/g, ''));
  const known = [...new Set(pages)].map((page) => new RegExp(`^${page.replace(/\[[^\]]+\]/g, '[^/]+')}$`));
  for (const template of TEMPLATES.filter((it) => it !== 'code' && it !== 'optin')) for (const room of [undefined, 'desk', 'gov'] as const) for (const title of [null, 'شارع']) {
    const { text } = writeMail([{ template, values: { number, ...(room ? { room } : {}) }, title }], 'ar', where, null);
    const path = new URL(text.split('\n').at(-1)!).pathname;
    expect(known.some((page) => page.test(path)), `${template}: ${path}`).toBe(true);
    if (room) expect(path, 'staff are led to a room that they may enter').toMatch(template === 'role' ? /^\/admin\// : template === 'moderate' ? /^\/gov\// : new RegExp(`^/${room}(/|$)`));
  }
});

test('staff open a commitment by its own number, an author the own comment', () => {
  const linkOf = (template: 'disputed' | 'soon' | 'escalated' | 'removed', values: object) => new URL(writeMail([{ template, values: { number, ...values }, title: null }], 'ar', where, null).text.split('\n').at(-1)!).pathname;
  for (const template of ['disputed', 'soon', 'escalated'] as const) for (const room of ['desk', 'gov'] as const) expect(linkOf(template, { room, commitment: 'HLB-2001-02' })).toBe('/desk/commitments/HLB-2001-02');
  expect(linkOf('soon', { room: 'desk' })).toBe(`/desk/n/${number}`);
  expect(linkOf('removed', { comment: '0198c0de-0000-4000-8000-000000000001' })).toBe('/comments/0198c0de-0000-4000-8000-000000000001');
});

test('the HTML twin says the same, turns with the language, and runs nothing that a title holds', () => {
  const piece = { template: 'answered', values: { number }, title: '<script>alert(1)</script> & "x"' } as const;
  for (const [lang, dir] of [['ar', 'rtl'], ['en', 'ltr'], ['ku', 'ltr']] as const) {
    const { html } = writeMail([piece], lang, where, 'https://abwab.example/stop/x');
    expect(html).toContain(`dir="${dir}"`);
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;x&quot;');
    expect(html).not.toMatch(/<(script|img|style|link|iframe)|style=|src=/);
  }
});
