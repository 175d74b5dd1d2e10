/** A reader's words: sentences, numbers and dates in one language and one shape of digits. */
import { IntlMessageFormat } from 'intl-messageformat';
import { CATALOG, type Key } from './catalog.ts';
import { addressIn, DIRECTION, LOCALE, type Lang } from './languages.ts';
import { ownWords } from './own-words.ts';

export type Params = Record<string, string | number | bigint | boolean | null | undefined>;
export type Digits = 'arab' | 'latn';
export type Names = { ar: string; en: string; ku: string };

export type Words = {
  lang: Lang;
  dir: 'rtl' | 'ltr';
  digits: Digits;
  t(key: Key, params?: Params): string;
  /** For keys made of a code (`state.` + code): falls back to the code, which the message check makes impossible. */
  tc(prefix: string, code: string, params?: Params): string;
  /**
   * The sentence beside a field: `<prefix>.error.<field>.<code>`, else `<prefix>.error.<field>`, else `error.<code>`,
   * else `error.invalid`; undefined without a code.
   */
  problem(prefix: string, field: string, code: string | undefined): string | undefined;
  href(path: string): string;
  number(value: number | bigint): string;
  percent(share: number): string;
  /** «٢٠٢٦»: a number that is not grouped */
  year(value: number): string;
  /** From an instant or a plain date: «الثلاثاء ١٤ نيسان ٢٠٢٦» */
  date(value: Date | string): string;
  dateTime(value: Date): string;
  name(names: Names): string;
  /** Text of unknown direction inside a sentence, kept apart so that neither reorders the other (Unicode isolates). */
  apart(text: string): string;
  /** A code, a number or an address inside a sentence: always left to right. */
  code(text: string): string;
};

const MOST_DAYS = 5_000;
const built = new Map<string, Words>();

export function words(lang: Lang, digits: Digits = 'arab', zone = 'Asia/Damascus'): Words {
  const shape = lang === 'ar' ? digits : 'latn';
  const id = `${lang} ${shape} ${zone}`;
  let found = built.get(id);
  if (!found) built.set(id, (found = build(lang, shape, zone, () => ownWords(lang))));
  return found;
}

/** Words with a few other sentences, for looking at them before they are everybody's. */
export function wordsWith(lang: Lang, digits: Digits, zone: string, texts: Readonly<Record<string, string>>): Words {
  const all = new Map([...ownWords(lang), ...Object.entries(texts)]);
  return build(lang, lang === 'ar' ? digits : 'latn', zone, () => all);
}

/** `own` is asked for every sentence: what stands there is said instead of what the program brings, as long as it can be said. */
function build(lang: Lang, digits: Digits, zone: string, own: () => ReadonlyMap<string, string>): Words {
  const locale = `${LOCALE[lang]}-u-nu-${digits}`;
  const messages = CATALOG[lang] as Record<string, string>;
  const compiled = new Map<string, Sentence>();
  let compiledOwn = { of: own(), ready: new Map<string, Sentence>() };
  const number = new Intl.NumberFormat(locale);
  const year = new Intl.NumberFormat(locale, { useGrouping: false });
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
  const day: Intl.DateTimeFormatOptions = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' };
  const inZone = new Intl.DateTimeFormat(locale, { ...day, timeZone: zone });
  const plain = new Intl.DateTimeFormat(locale, { ...day, timeZone: 'UTC' });
  const moment = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric', hour: 'numeric', minute: '2-digit', timeZone: zone });

  const days = new Map<string, string>();

  /** Lists name the same few days again and again. */
  function dayOf(date: string): string {
    let said = days.get(date);
    if (said === undefined) {
      said = plain.format(new Date(`${date}T12:00:00Z`));
      if (days.size >= MOST_DAYS) days.clear();
      days.set(date, said);
    }
    return said;
  }

  function say(key: string, message: string, params: Params | undefined, ready: Map<string, Sentence>): string {
    let it = ready.get(key);
    if (!it) ready.set(key, (it = compile(message, locale, digits)));
    return it(params);
  }

  function format(key: string, params: Params | undefined): string {
    const texts = own();
    const text = texts.size > 0 ? texts.get(key) : undefined;
    if (text !== undefined) {
      const now = compiledOwn.of === texts ? compiledOwn : (compiledOwn = { of: texts, ready: new Map() });
      // Whatever is wrong with it, the page is shown: with the words that the program brings.
      try { return say(key, text, params, now.ready); } catch { /* said below */ }
    }
    const message = messages[key];
    return message === undefined ? key : say(key, message, params, compiled);
  }

  return {
    lang, digits, dir: DIRECTION[lang],
    t: (key, params) => format(key, params),
    tc: (prefix, code, params) => format(`${prefix}.${code}`, params),
    problem(prefix, field, code) {
      if (!code) return undefined;
      const keys = [`${prefix}.error.${field}.${code}`, `${prefix}.error.${field}`, `error.${code}`, 'error.invalid'];
      return format(keys.find((key) => messages[key] !== undefined) ?? 'error.invalid', undefined);
    },
    href: (path) => addressIn(lang, path),
    number: (value) => number.format(value),
    percent: (share) => percent.format(share),
    year: (value) => year.format(value),
    date: (value) => (typeof value === 'string' ? dayOf(value) : inZone.format(value)),
    dateTime: (value) => moment.format(value),
    name: (names) => names[lang] || names.ar,
    apart: (text) => `\u2068${text}\u2069`,
    code: (text) => `\u2066${text}\u2069`,
  };
}

type Sentence = (params: Params | undefined) => string;

function compile(message: string, locale: string, digits: Digits): Sentence {
  if (!message.includes('{') && !message.includes("'")) {
    const text = digits === 'arab' ? inArabicDigits(message) : message;
    return () => text;
  }
  const ready = new IntlMessageFormat(message, locale);
  if (digits === 'arab') shapeLiterals(ready.getAst());
  const whole: Sentence = (params) => String(ready.format(params));
  return plainly(ready.getAst(), whole) ?? counted(ready.getAst(), whole) ?? whole;
}

const LARGEST_COUNT = 1_000;

/** A sentence that only counts («٣ مؤيدين») is put together once for each small number: a list says it in every line. */
function counted(parts: Part[], whole: Sentence): Sentence | null {
  const [name, another] = namesIn(parts);
  if (name === undefined || another !== undefined) return null;
  const said: string[] = [];
  return (params) => {
    const count = params?.[name];
    if (typeof count !== 'number' || !Number.isInteger(count) || count < 0 || count > LARGEST_COUNT) return whole(params);
    return (said[count] ??= whole(params));
  };
}

/** What a sentence asks for. */
function namesIn(parts: Part[]): string[] {
  const all = parts.flatMap((part) => [...(part.type === LITERAL || !('value' in part) || typeof part.value !== 'string' ? [] : [part.value]), ...('options' in part ? Object.values(part.options).flatMap((option) => namesIn(option.value)) : [])]);
  return [...new Set(all)];
}

/** Most sentences only take texts in: those are put together here, at a tenth of what the format costs. Numbers, and what is missing, stay with the format. */
function plainly(parts: Part[], whole: Sentence): Sentence | null {
  if (parts.some((part) => part.type !== LITERAL && part.type !== ARGUMENT)) return null;
  const pieces = parts as unknown as { type: number; value: string }[];
  return (params) => {
    let text = '';
    for (const { type, value } of pieces) {
      const given = type === LITERAL ? value : params?.[value];
      if (typeof given !== 'string') return whole(params);
      text += given;
    }
    return text;
  };
}

type Part = ReturnType<IntlMessageFormat['getAst']>[number];

/** The digits that a sentence itself holds; those of what is put into it are shaped by whoever put them in. */
function shapeLiterals(parts: Part[]): void {
  for (const part of parts) {
    if ('options' in part) for (const option of Object.values(part.options)) shapeLiterals(option.value);
    else if (part.type === LITERAL) part.value = inArabicDigits(part.value);
  }
}

const LITERAL = 0;
const ARGUMENT = 1;

/** Arabic digits for a sentence's own numbers; what is set apart as left to right, and codes with Latin letters, stay as they are typed. */
function inArabicDigits(text: string): string {
  return text.replace(/\u2066[^\u2069]*\u2069|\S*[A-Za-z]\S*|\d/g, (found) => (found.length === 1 ? (ARABIC_DIGITS[Number(found)] ?? found) : found));
}

const ARABIC_DIGITS = [...'٠١٢٣٤٥٦٧٨٩'];
