/** Sentences that people write in the browser, in the same form as those of messages/: what they name, what they may say, how they read. */
import { IntlMessageFormat } from 'intl-messageformat';
import { LOCALE, type Lang } from './languages.ts';

type Place = { start: { offset: number }; end: { offset: number } };
type Option = { value: Element[]; location?: Place };
type Element = { type: number; value?: string; options?: Record<string, Option>; pluralType?: string; location?: Place };
const LITERAL = 0;
const NUMBER = 2;
const SELECT = 5;
const PLURAL = 6;
const COUNT = 7;

export const MESSAGE_PROBLEMS: readonly string[] = ['unreadable-braces', 'unknown-placeholder', 'missing-placeholder', 'changed-placeholder', 'plural-forms', 'has-marks', 'empty-case'] satisfies MessageProblem[];
export type MessageProblem = 'unreadable-braces' | 'unknown-placeholder' | 'missing-placeholder' | 'changed-placeholder' | 'plural-forms' | 'has-marks' | 'empty-case';
/** A place in braces: what is put there, and for a choice its cases. */
type Placeholder = { name: string; kind: string; cases: string[] };

/** The places in braces, each once, with how each is filled; null when the sentence cannot be read. */
function placesIn(text: string, lang: Lang): Map<string, Placeholder> | null {
  const found = new Map<string, Placeholder>();
  const walk = (elements: readonly Element[]): void => {
    for (const it of elements) {
      const cases = Object.keys(it.options ?? {});
      const known = found.get(it.value ?? '');
      // One name may be asked for its case and then written out: the choice is what tells most about it.
      if (it.type !== LITERAL && it.type !== COUNT && it.value !== undefined && (!known || cases.length > 0)) found.set(it.value, { name: it.value, kind: kindOf(it), cases });
      for (const option of Object.values(it.options ?? {})) walk(option.value);
    }
  };
  const read = parsed(text, lang);
  if (!read) return null;
  walk(read);
  return found;
}

function parsed(text: string, lang: Lang): Element[] | null {
  try {
    return new IntlMessageFormat(text, LOCALE[lang], undefined, { captureLocation: true }).getAst() as Element[];
  } catch {
    return null;
  }
}

const kindOf = (it: Element): string => (it.type === PLURAL ? (it.pluralType ?? 'cardinal') : it.type === SELECT ? 'select' : String(it.type));

/** The names in braces, each once; null when the sentence cannot be read. */
export const placeholdersOf = (text: string, lang: Lang): string[] | null => {
  const places = placesIn(text, lang);
  return places && [...places.keys()];
};

/** Something to put into each of a sentence's places, for looking at it: three of what is counted, and dots for words. */
export const sampleValues = (text: string, lang: Lang): Record<string, string | number> =>
  Object.fromEntries([...(placesIn(text, lang) ?? [])].map(([name, { kind, cases }]) => [name, COUNTED.has(kind) ? 3 : kind === String(SELECT) ? (cases.find((it) => it !== 'none') ?? 'other') : '…']));

const COUNTED = new Set(['cardinal', 'ordinal', String(NUMBER)]);

/**
 * Why these words cannot stand in for the original ones; null when they can. Everything that the original names has to be there, filled in the
 * same way, except what is `optional`; nothing else may be; a plural has every form of its language; nothing that looks like a tag.
 */
export function messageProblem(text: string, original: string, lang: Lang, optional: readonly string[] = []): MessageProblem | null {
  if (/[<>]/.test(text)) return 'has-marks';
  const [own, known] = [placesIn(text, lang), placesIn(original, lang)];
  if (!own || !known) return 'unreadable-braces';
  if ([...own.keys()].some((name) => !known.has(name))) return 'unknown-placeholder';
  if ([...known.keys()].some((name) => !own.has(name) && !optional.includes(name))) return 'missing-placeholder';
  for (const it of own.values()) {
    const before = known.get(it.name)!;
    if (it.kind !== before.kind) return 'changed-placeholder';
    if (it.kind === 'select' && [...it.cases].sort().join() !== [...before.cases].sort().join()) return 'changed-placeholder';
    if (it.kind !== 'select' && it.cases.length > 0 && !hasForms(it.cases, it.kind, lang)) return 'plural-forms';
  }
  return choiceOf(text, lang)?.cases.some((it) => it.text === '') ? 'empty-case' : null;
}

/** A form that the language has not would be said to nobody; one that is missing would leave a number without its word. */
function hasForms(cases: readonly string[], kind: string, lang: Lang): boolean {
  const forms = pluralForms(lang, kind === 'ordinal' ? 'ordinal' : 'cardinal');
  const named = cases.filter((it) => !it.startsWith('='));
  return forms.every((form) => named.includes(form)) && named.every((name) => forms.includes(name));
}

/** The forms of counting that a language has: six in Arabic, two in English and Kurdish. */
export const pluralForms = (lang: Lang, type: 'cardinal' | 'ordinal' = 'cardinal'): string[] => new Intl.PluralRules(LOCALE[lang], { type }).resolvedOptions().pluralCategories;

/** A sentence that chooses by what is put in: the whole sentence of each case, so that nobody has to write braces within braces. */
export type Choice = { name: string; kind: 'select' | 'plural'; cases: { of: string; text: string }[] };

/** The cases of a sentence with one choice; null when it has none, or more than can be told apart in a list. */
export function choiceOf(text: string, lang: Lang): Choice | null {
  const read = parsed(text, lang) ?? [];
  const at = read.find((it) => it.options);
  const nested = Object.values(at?.options ?? {}).some((option) => option.value.some((it) => it.options));
  if (!at?.location || nested || read.filter((it) => it.options).length > 1 || at.pluralType === 'ordinal') return null;
  const [before, after] = [text.slice(0, at.location.start.offset), text.slice(at.location.end.offset)];
  // Inside a plural this sign is the number.
  if (at.type === PLURAL && /#/.test(before + after)) return null;
  const inner = ({ location }: Option) => text.slice(location!.start.offset + 1, location!.end.offset - 1);
  return { name: at.value!, kind: at.type === PLURAL ? 'plural' : 'select', cases: Object.entries(at.options!).map(([of, option]) => ({ of, text: (before + inner(option) + after).trim() })) };
}

/** The one sentence of whole sentences. */
export const chosen = ({ name, kind, cases }: Choice): string => `{${name}, ${kind}, ${cases.map(({ of, text }) => `${of} {${text}}`).join(' ')}}`;

/** What a form shows of a sentence: itself, or one sentence for each case that the original knows. */
export function casesOf(text: string, original: string, lang: Lang): { of: string; text: string }[] | null {
  const choice = choiceOf(original, lang);
  const own = choiceOf(text, lang);
  return choice && choice.cases.map(({ of }) => ({ of, text: own?.name === choice.name ? (own.cases.find((it) => it.of === of)?.text ?? '') : text }));
}

/** The sentence of a form that showed it so: `field`, or `field.case` for each case. Written as the original says it, it is the original. */
export function sentenceOf(values: Readonly<Record<string, string>>, field: string, original: string, lang: Lang): string {
  const choice = choiceOf(original, lang);
  if (!choice || choice.cases.every(({ of }) => values[`${field}.${of}`] === undefined)) return values[field] ?? '';
  const cases = choice.cases.map(({ of }) => ({ of, text: (values[`${field}.${of}`] ?? '').trim() }));
  if (cases.every(({ text }) => text === '')) return '';
  if (cases.every(({ text }, at) => text === choice.cases[at]!.text)) return original;
  return choice.kind === 'select' && cases.every(({ text }) => text === cases[0]!.text) ? cases[0]!.text : chosen({ ...choice, cases });
}

export const formatText = (text: string, locale: string, params: Record<string, string>): string => String(new IntlMessageFormat(text, locale).format(params));
