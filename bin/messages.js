// Writes src/platform/i18n/catalog.ts from messages/{ar,en,ku}/*.json, so that every key is typed and a bundler sees them.
import { readdirSync, writeFileSync, readFileSync, existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

const home = fileURLToPath(new URL('..', import.meta.url));
const features = readdirSync(join(home, 'messages/ar')).filter((f) => f.endsWith('.json')).map((f) => f.slice(0, -5)).sort();
const camel = (lang, name) => lang + name.replace(/(^|-)([a-z])/g, (_, __, c) => c.toUpperCase());
const lines = ['// Made by bin/messages.js from messages/; not edited by hand.'];
for (const lang of ['ar', 'en', 'ku']) for (const f of features) lines.push(`import ${camel(lang, f)} from '#messages/${lang}/${f}.json' with { type: 'json' };`);
lines.push("import type { Lang } from './languages.ts';", '');
lines.push(`export type Key = ${features.map((f) => `keyof typeof ${camel('ar', f)}`).join(' | ')};`);
lines.push('export const CATALOG: Record<Lang, Record<string, string>> = {');
for (const lang of ['ar', 'en', 'ku']) lines.push(`  ${lang}: { ${features.map((f) => `...${camel(lang, f)}`).join(', ')} },`);
lines.push('};', '');
const path = join(home, 'src/platform/i18n/catalog.ts');
const text = lines.join('\n');
if (!existsSync(path) || readFileSync(path, 'utf8') !== text) writeFileSync(path, text);
