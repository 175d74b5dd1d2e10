// Checks the sentences of the site: every key in every language, placeholders, plurals, scripts, and that each is used.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { IntlMessageFormat } from 'intl-messageformat';
import { home } from './run.js';

const LANGS = ['ar', 'en', 'ku'];
const LOCALE = { ar: 'ar-SY', en: 'en-GB', ku: 'ku-SY' };
/** Categories that a count can fall into; a category that never occurs would be a sentence that nobody sees. */
const PLURALS = { ar: ['zero', 'one', 'two', 'few', 'many', 'other'], en: ['one', 'other'], ku: ['one', 'other'] };
/** Names and formats that are written the same everywhere. Anything else in Latin letters is a word left untranslated. */
const LATIN = new Set([
  'AA', 'AGPL', 'API', 'Aegis', 'Atom', 'Authenticator', 'CC', 'BY', 'CSV', 'Chrome', 'DCAT', 'ETag', 'English', 'Excel', 'Firefox', 'GeoJSON', 'Google', 'HLB', 'HXL', 'If-None-Match', 'JPEG', 'JSON',
  'Kurmancî', 'Link', 'Linux', 'OpenAPI', 'Open311', 'PDF', 'PNG', 'QR', 'RFC', 'RSS', 'SMS', 'Signal', 'Telegram', 'WCAG', 'WebP', 'WhatsApp', 'XLSX', 'W', 'closed', 'done', 'ongoing', 'planned', 'GeoReport', 'feeds', 'https', 'hxl', 'iCalendar', 'v2', 'yes', 'initiative', 'need', 'next', 'open', 'proposal', 'question', 'ABCD-EFGH-JKMN', 'name@example.org',
]);
const ARABIC = new Set(['العربية', '٠١٢٣']);
const REFERENCE = /^HLB-[\d-]+$/;

/** @returns {{ lang: string, file: string, key: string, text: string }[]} */
function readMessages(folder) {
  return LANGS.flatMap((lang) => readdirSync(join(folder, lang)).filter((name) => name.endsWith('.json')).sort().flatMap((file) => {
    const text = readFileSync(join(folder, lang, file), 'utf8');
    // JSON keeps the last of two equal keys without a word; here both are seen.
    return [...text.matchAll(/^\s*("(?:[^"\\]|\\.)+")\s*:\s*("(?:[^"\\]|\\.)*")/gm)].map(([, key, value]) => ({ lang, file, key: JSON.parse(key), text: JSON.parse(value) }));
  }));
}

/** The text of every source that may use a key, tests excepted. */
function readSources(base) {
  return ['src', 'cli'].flatMap((part) => readdirSync(join(base, part), { recursive: true, withFileTypes: true })
    .filter((it) => it.isFile() && /\.(ts|svelte)$/.test(it.name) && !/\.test\.ts$|^catalog\.ts$/.test(it.name))
    .map((it) => readFileSync(join(it.parentPath, it.name), 'utf8')));
}

/** Whether a plural says its number, or has a case that is not an exact number. */
function tells(part) {
  const { other, ...cases } = part.options;
  return Object.keys(cases).some((name) => !name.startsWith('=')) || JSON.stringify(other).includes('"type":7');
}

/** Walks a parsed message: names of placeholders with their kinds, plural options, and the words between them. */
function anatomy(ast, found = { names: new Map(), plurals: [], words: [] }) {
  for (const part of ast) {
    if (part.type === 0) found.words.push(part.value);
    if (part.type >= 1 && part.type <= 6) found.names.set(part.value, part.type === 5 ? `select ${Object.keys(part.options).sort()}` : part.type === 6 ? 'plural' : String(part.type));
    if (part.type === 6) found.plurals.push({ options: Object.keys(part.options), told: tells(part) });
    for (const option of Object.values(part.options ?? {})) anatomy(option.value, found);
    if (part.children) anatomy(part.children, found);
  }
  return found;
}

function parsed({ lang, text }) {
  try {
    return anatomy(new IntlMessageFormat(text, LOCALE[lang]).getAst());
  } catch (error) {
    return { broken: error.message };
  }
}

const foreignWords = (lang, words) => {
  const text = words.join(' ');
  if (lang === 'ar') return (text.match(/[A-Za-zÀ-ɏ][\wÀ-ɏ@.-]*/g) ?? []).map((word) => word.replace(/[.-]+$/, '')).filter((word) => !LATIN.has(word) && !REFERENCE.test(word));
  return (text.match(/[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]+/g) ?? []).filter((word) => !ARABIC.has(word));
};

const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Patterns of the keys that are made of a code: tc('prefix', …) and problem('prefix', …). */
function madeKeys(sources) {
  const made = [];
  for (const text of sources) {
    for (const [, prefix, rest] of text.matchAll(/\btc\(\s*['"]([\w.-]+)['"]\s*,\s*([^)]*)/g)) {
      const template = /^`([^`]*)`/.exec(rest);
      const tail = template ? template[1].split(/\$\{[^}]*\}/).map(escaped).join('[^ ]+') : '[^ ]+';
      made.push({ shown: `tc('${prefix}', …)`, pattern: new RegExp(`^${escaped(prefix)}\\.${tail}$`) });
    }
    for (const [, prefix] of text.matchAll(/\bproblem\(\s*['"]([\w.-]+)['"]/g)) made.push({ shown: `problem('${prefix}', …)`, pattern: new RegExp(`^(${escaped(prefix)}\\.)?error\\.`), loose: true });
  }
  return made;
}

/** Parameters of calls with a literal key and a literal object; undefined where they cannot be read. */
function givenParams(text, at) {
  const rest = text.slice(at).trimStart();
  if (rest.startsWith(')')) return [];
  if (!rest.startsWith(',') || !rest.slice(1).trimStart().startsWith('{')) return undefined;
  const body = rest.slice(rest.indexOf('{') + 1);
  const names = [];
  let depth = 0;
  let name = '';
  let reading = true;
  for (const letter of body) {
    if (depth === 0 && (letter === ',' || letter === '}')) {
      if (name.trim().startsWith('...')) return undefined;
      if (name.trim()) names.push(name.trim());
      name = '';
      reading = true;
      if (letter === '}') return names;
      continue;
    }
    if ('([{'.includes(letter)) depth += 1;
    if (')]}'.includes(letter)) depth -= 1;
    if (depth === 0 && letter === ':') reading = false;
    if (reading) name += letter;
  }
  return undefined;
}

/** One sentence a problem; empty when all is well. */
export function messageProblems(messages, sources) {
  const problems = [];
  const byLang = Object.fromEntries(LANGS.map((lang) => [lang, new Map()]));
  for (const it of messages) {
    const where = `messages/${it.lang}/${it.file}: ${it.key}`;
    if (byLang[it.lang].has(it.key)) problems.push(`${where} is there twice`);
    const body = parsed(it);
    byLang[it.lang].set(it.key, { ...it, ...body });
    if (it.text.trim() === '') problems.push(`${where} is empty`);
    if (body.broken) { problems.push(`${where} cannot be read: ${body.broken}`); continue; }
    for (const plural of body.plurals) problems.push(...pluralProblems(it.lang, plural).map((problem) => `${where} ${problem}`));
    for (const word of foreignWords(it.lang, body.words)) problems.push(`${where} holds «${word}», which is not written in this language`);
  }
  return [...problems, ...comparedProblems(byLang), ...usedProblems(byLang.ar, sources)];
}

/** A choice between exact numbers that never tells the number («صورة», «صورة 2») needs no grammar of counting. */
function pluralProblems(lang, { options, told }) {
  const missing = told ? PLURALS[lang].filter((category) => !options.includes(category)) : [];
  const never = options.filter((option) => !option.startsWith('=') && !PLURALS[lang].includes(option));
  return [
    ...(missing.length > 0 ? [`lacks the plural ${missing.join(', ')}`] : []),
    ...(never.length > 0 ? [`has the plural ${never.join(', ')}, which never occurs in this language (write =0 for none)`] : []),
  ];
}

function comparedProblems(byLang) {
  const problems = [];
  const all = new Set(LANGS.flatMap((lang) => [...byLang[lang].keys()]));
  for (const key of all) {
    const missing = LANGS.filter((lang) => !byLang[lang].has(key));
    if (missing.length > 0) { problems.push(`${key} is missing in ${missing.join(', ')}`); continue; }
    const [first, ...others] = LANGS.map((lang) => byLang[lang].get(key));
    if (others.some((it) => it.file !== first.file)) problems.push(`${key} stands in files of different names`);
    const shape = (it) => JSON.stringify([...(it.names ?? [])].map(([name]) => name).sort());
    if (others.some((it) => !it.broken && shape(it) !== shape(first))) problems.push(`${key} has other placeholders: ${LANGS.map((lang) => `${lang} ${shape(byLang[lang].get(key))}`).join(', ')}`);
  }
  return problems;
}

function usedProblems(keys, sources) {
  const problems = [];
  const literals = new Set(sources.flatMap((text) => text.match(/(['"`])[\w.-]+\1/g) ?? []).map((it) => it.slice(1, -1)));
  const made = madeKeys(sources);
  for (const it of made) if (!it.loose && ![...keys.keys()].some((key) => it.pattern.test(key))) problems.push(`${it.shown} leads to no message`);
  for (const key of keys.keys()) {
    const ofProblem = key.startsWith('error.') && literals.has(key.slice('error.'.length));
    if (!literals.has(key) && !ofProblem && !made.some((it) => it.pattern.test(key))) problems.push(`${key} is not used`);
  }
  for (const text of sources) {
    for (const call of text.matchAll(/\.t\(\s*(['"])([\w.-]+)\1/g)) {
      const message = keys.get(call[2]);
      if (!message) { problems.push(`${call[2]} is used and does not exist`); continue; }
      const given = givenParams(text, call.index + call[0].length);
      const lacking = given && [...(message.names ?? new Map()).keys()].filter((name) => !given.includes(name));
      if (lacking?.length > 0) problems.push(`${call[2]} is used without ${lacking.join(', ')}`);
    }
  }
  return problems;
}

if (process.argv[1] === import.meta.filename) {
  const problems = messageProblems(readMessages(join(home, 'messages')), readSources(home));
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  process.exit(problems.length > 0 ? 1 : 0);
}
