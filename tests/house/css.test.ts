/** Styles that turn with the direction of writing, that old phones understand, and colours that everybody can read. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { contrast, markupOf, readSheet, stylesOf, type Declaration } from './css.ts';
import { HOME, places, sources } from './sources.ts';

const components = sources('src', /\.svelte$/);
const sheets = [
  ...sources('src', /\.css$/),
  ...components.map(({ path, text }) => ({ path, text: stylesOf(text) })),
].map(({ path, text }) => ({ path, ...readSheet(text) }));

const PHYSICAL = /^((min-|max-)?(width|height)|left|right|top|bottom|(margin|padding|border|scroll-margin|scroll-padding)-(left|right|top|bottom)(-.+)?|border-(top|bottom)-(left|right)-radius)$/;
const NOT_ARABIC = /^(letter-spacing|hyphens|-webkit-hyphens|text-justify|font-synthesis-style)$/;
const SIDED = /^(text-align|float|clear|justify-content|justify-items|justify-self|text-align-last)$/;
const FOUR = /^(margin|padding|inset|border-width|border-color|border-style|border-radius|scroll-margin|scroll-padding)$/;
const TOO_NEW = /@layer|@container|@scope|@property|:has\(|:is\(|:where\(|&/;
const TOO_NEW_VALUE = /color-mix\(|light-dark\(|oklch\(|oklab\(|\d(cqi|cqb|cqw|cqh|dvh|svh|lvh)\b/;

/** Why a declaration is not for this house, or null. */
function fault({ property, value }: Declaration): string | null {
  if (PHYSICAL.test(property)) return 'has a physical side';
  if (NOT_ARABIC.test(property)) return 'breaks Arabic letters apart';
  if (property === 'font-style' && value !== 'normal') return 'slants Arabic letters';
  if (SIDED.test(property) && /\b(left|right|justify)\b/.test(value)) return 'has a physical side';
  if (FOUR.test(property) && sides(property, value)) return 'differs between left and right';
  if (property.startsWith('container') || TOO_NEW_VALUE.test(value)) return 'is too new for Chrome 87';
  return null;
}

/** Four values that differ between right and left; corners go round from the top left one. */
function sides(property: string, value: string): boolean {
  const [first, second, third, fourth] = value.split(/\s+(?![^(]*\))/);
  if (property === 'border-radius') return second !== undefined && (third === undefined || first !== second || third !== (fourth ?? second));
  return fourth !== undefined && second !== fourth;
}

test.for([
  'margin-left: 1px', 'width: 3rem', 'min-height: 1px', 'left: 0', 'text-align: right', 'text-align: justify', 'float: left', 'letter-spacing: 1px', 'font-style: italic',
  'hyphens: auto', 'padding: 1px 2px 3px 4px', 'border-top-left-radius: 1px', 'border-radius: 1px 2px', 'border-radius: 1px 1px 2px 3px', 'color: color-mix(in srgb, red, blue)', 'container-type: inline-size', 'color: light-dark(#fff, #000)',
])('«%s» is a fault', (text) => {
  const [declaration] = readSheet(`.a { ${text}; }`).declarations;
  expect(fault(declaration!)).not.toBeNull();
});

test('what is allowed passes, and nesting is seen', () => {
  const { declarations, nested } = readSheet('@media (min-width: 3rem) { .a { margin-inline: 1px; padding: 1px 2px 3px 2px; text-align: start; border-radius: 1px } }');
  expect(declarations.map(fault)).toEqual([null, null, null, null]);
  expect(nested).toEqual([]);
  expect(readSheet('.a { color: red; .b { color: blue } }').nested).toEqual([1]);
});

test('every declaration turns with the direction and is understood by old phones', () => {
  const faults = sheets.flatMap(({ path, declarations }) => declarations.flatMap((it) => {
    const why = fault(it);
    return why ? [`${path}:${it.line} ${it.property}: ${it.value} ${why}`] : [];
  }));
  expect(faults).toEqual([]);
});

test('no rule is nested, layered or asks what only new browsers know', () => {
  expect(sheets.flatMap(({ path, nested }) => nested.map((line) => `${path}:${line}`))).toEqual([]);
  expect(sheets.flatMap(({ path, preludes }) => preludes.filter(({ text }) => TOO_NEW.test(text)).map(({ line, text }) => `${path}:${line} ${text}`))).toEqual([]);
});

test('no component styles an element by attribute: the policy of the pages would drop it', () => {
  const markup = [...components, ...sources('src', /\.html$/)].map(({ path, text }) => ({ path, text: markupOf(text) }));
  expect(places(markup, /\sstyle(=|:)/)).toEqual([]);
});

/** Tokens for day and night, from `--name: var(--day, #…) var(--night, #…)` or one colour for both. */
function tokens(...names: string[]): Map<string, { day: string; night: string }> {
  const found = new Map<string, { day: string; night: string }>();
  for (const name of names) {
    for (const [, token, value] of readFileSync(join(HOME, 'src/ui', name), 'utf8').matchAll(/(--[\w-]+):\s*([^;]+);/g)) {
      // The first is the screen's; what follows is print and choices by hand.
      if (found.has(token!)) continue;
      const both = /^var\(--day, (#\w+)\) var\(--night, (#\w+)\)$/.exec(value!);
      if (both) found.set(token!, { day: both[1]!, night: both[2]! });
      else if (/^#\w+$/.test(value!)) found.set(token!, { day: value!, night: value! });
    }
  }
  return found;
}

const colours = tokens('base.css', 'data.css');
const STATES = ['open', 'ok', 'warn', 'late', 'error', 'info'];
const GROUNDS = ['bg', 'bg-sunken', 'surface', 'surface-tint'];
const on = (inks: string[], grounds: string[]) => inks.flatMap((ink) => grounds.map((ground) => [ink, ground] as const));

const PAIRS: readonly (readonly [floor: number, pairs: readonly (readonly [string, string])[]])[] = [
  [7, on(['ink', 'ink-soft', 'link', 'link-hover'], ['bg', 'surface', 'bg-sunken'])],
  [7, on(['ink', 'secondary-ink'], ['surface-tint'])],
  [7, [['on-primary', 'primary'], ['on-primary', 'primary-hover'], ['secondary-ink', 'surface'], ['hero-ink', 'hero-bg'], ['hero-ink-soft', 'hero-bg'], ['ink-soft', 'idle-bg']]],
  [7, STATES.map((state) => [`${state}-ink`, `${state}-bg`] as const)],
  [7, on(['error-ink'], ['bg', 'surface'])],
  [4.5, on(['ink-mute'], ['bg', 'surface', 'bg-sunken'])],
  [3, on(['border-strong', 'focus-outer'], GROUNDS)],
  [3, STATES.map((state) => [`${state}-edge`, `${state}-bg`] as const)],
  [3, on(STATES.map((state) => `${state}-edge`), ['bg', 'surface'])],
  [3, on(['chart-1', 'chart-2', 'chart-3', 'chart-4'], ['surface', 'bg'])],
];

test.for(PAIRS.flatMap(([floor, pairs]) => pairs.map(([ink, ground]) => [ink, ground, floor] as const)))('%s on %s has a contrast of at least %s, by day and by night', ([ink, ground, floor]) => {
  const [one, other] = [colours.get(`--${ink}`), colours.get(`--${ground}`)];
  expect([ink, one]).not.toEqual([ink, undefined]);
  expect([ground, other]).not.toEqual([ground, undefined]);
  expect(contrast(one!.day, other!.day)).toBeGreaterThanOrEqual(floor);
  expect(contrast(one!.night, other!.night)).toBeGreaterThanOrEqual(floor);
});

test('contrast is computed as WCAG says', () => {
  expect(contrast('#fff', '#000')).toBeCloseTo(21, 5);
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
});
