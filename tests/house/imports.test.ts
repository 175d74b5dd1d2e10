/** Every import rule of the house is broken once on purpose, in a copy of the tree's shape, and must be reported. */
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { brokenImports } from '../../bin/imports.js';

const HOME = join(import.meta.dirname, '../..');
const order = JSON.parse(readFileSync(join(HOME, 'src/features/order.json'), 'utf8')) as string[];
const packages = { dependencies: ['kysely', 'pg', 'nodemailer', 'valibot', 'intl-messageformat'], devDependencies: ['svelte', '@sveltejs/kit', 'vitest', 'prettier'] };

/** A house in miniature in which every import is allowed. */
const ALLOWED: Record<string, string> = {
  'src/kernel/ids.ts': `import 'valibot'; export type Id = string;`,
  'src/engines/text/index.ts': `import './stem.ts'; export const fold = 1;`,
  'src/engines/text/stem.ts': `export const stem = 1;`,
  'src/engines/merkle/index.ts': `export const root = 1;`,
  'src/platform/db/connection.ts': `import 'pg'; import 'kysely';`,
  'src/platform/i18n/words.ts': `import 'intl-messageformat';`,
  'src/platform/mail/smtp.ts': `import 'nodemailer'; export const send = 1;`,
  'src/platform/mail/channel.ts': `export type Letter = string;`,
  'src/platform/web/form.ts': `import '@sveltejs/kit'; import '../../kernel/ids.ts';`,
  'src/platform/workers/count.ts': `import 'node:child_process'; import '#engines/text/index.ts';`,
  'src/features/context.ts': `import type { T } from './people/server/tables.ts'; export type Ctx = T;`,
  'src/features/people/model.ts': `import type { Id } from '#kernel/ids.ts'; export type Person = Id;`,
  'src/features/people/access.ts': `import './model.ts'; import '#engines/text/index.ts';`,
  'src/features/people/server/tables.ts': `import type { ColumnType } from 'kysely'; export type T = ColumnType;`,
  'src/features/people/server/store.ts': `import { sql } from 'kysely'; import type { Ctx } from '../../context.ts'; export const load = (ctx: Ctx) => [sql, ctx];`,
  'src/features/people/server/queries/me.ts': `import { sql } from 'kysely'; export const me = sql;`,
  'src/features/people/server/invite.ts': `import { load } from './store.ts'; import type { Letter } from '#platform/mail/channel.ts'; export const invite = (it: Letter) => [load, it];`,
  'src/features/people/server/index.ts': `export * from './invite.ts';`,
  'src/features/people/server/jobs.ts': `import { send } from '#platform/mail/smtp.ts'; export const write = send;`,
  'src/features/people/ui/Row.svelte': `<script lang="ts">import 'svelte'; import '#ui/Card.svelte'; import '../model.ts'; import '#platform/i18n/words.ts';</script>`,
  'src/features/intake/server/submit-entry.ts': `import { invite } from '../../people/server/index.ts'; import type { Person } from '../../people/model.ts'; export const submit = (it: Person) => [invite, it];`,
  'src/features/intake/model.ts': `import type { Person } from '../people/model.ts'; export type Entry = Person;`,
  'src/ui/Card.svelte': `<script lang="ts">import 'svelte'; import '#kernel/ids.ts';</script>`,
  'src/routes/+page.server.ts': `import { redirect } from '@sveltejs/kit'; import { invite } from '#features/people/server/index.ts'; import '#platform/web/form.ts'; import type { PageLoad } from './$types'; export const load = [redirect, invite] as unknown as PageLoad;`,
  'src/routes/+page.svelte': `<script lang="ts">import '#ui/Card.svelte'; import '#features/people/ui/Row.svelte';</script>`,
  'src/hooks.server.ts': `import '@sveltejs/kit'; import '#platform/db/connection.ts';`,
  'src/worker.ts': `import '#features/people/server/jobs.ts';`,
  'src/testing/world.ts': `import 'vitest'; export const world = 1;`,
  'src/features/people/server/people.test.ts': `import 'vitest'; import '#testing/world.ts'; import 'kysely';`,
  'cli/abwab.ts': `import '#features/people/server/index.ts'; import '#platform/db/connection.ts';`,
};

const up = (feature: string) => order[order.indexOf(feature) + 1]!;
/** One file that breaks each rule, by the rule's name. */
const PLANTED: Record<string, [path: string, source: string]> = {
  'no-cycles': ['src/kernel/about.ts', `import './round.ts'; export const a = 1;`],
  'nothing-unresolved': ['src/kernel/lost.ts', `import './nowhere.ts';`],
  'kernel-is-pure': ['src/kernel/clever.ts', `import 'node:fs';`],
  'engines-are-pure': ['src/engines/text/social.ts', `import '../merkle/index.ts';`],
  'feature-top-is-pure': ['src/features/people/rules.ts', `import { sql } from 'kysely'; export const it = sql;`],
  ...Object.fromEntries(order.slice(0, -1).map((feature) => [`order-${feature}`, [`src/features/${feature}/server/ahead.ts`, `import '../../${up(feature)}/server/index.ts';`] as [string, string]])),
  'features-in-order': ['src/worker-of-unknown.ts', `import '#features/stranger/model.ts';`],
  'server-through-doors': ['src/features/intake/server/back-way.ts', `import { load } from '../../people/server/store.ts'; export const it = load;`],
  'server-knows-no-edge': ['src/features/people/server/webby.ts', `import '#platform/web/form.ts';`],
  'kysely-in-stores': ['src/features/people/server/direct.ts', `import { sql } from 'kysely'; export const it = sql;`],
  'outside-only-from-jobs': ['src/features/people/server/mailing.ts', `import { send } from '#platform/mail/smtp.ts'; export const it = send;`],
  'jobs-only-from-worker': ['src/features/people/server/impatient.ts', `import { write } from './jobs.ts'; export const it = write;`],
  'ui-asks-nothing': ['src/features/people/ui/Asking.svelte', `<script lang="ts">import { invite } from '../server/index.ts'; const it = invite;</script>{it}`],
  'design-system-knows-no-feature': ['src/ui/Knowing.svelte', `<script lang="ts">import '#features/people/model.ts';</script>`],
  'routes-use-doors': ['src/routes/deep/+page.server.ts', `import { load } from '#features/people/server/store.ts'; export const it = load;`],
  'platform-knows-no-feature': ['src/platform/partial.ts', `import '#features/people/model.ts';`],
  'cli-uses-doors': ['cli/deep.ts', `import { load } from '#features/people/server/store.ts'; export const it = load;`],
  'sveltekit-at-the-edge': ['src/platform/kitted.ts', `import '@sveltejs/kit';`],
  'pg-in-platform-db': ['src/platform/second-pool.ts', `import pg from 'pg'; export const it = pg;`],
  'threads-in-platform': ['src/features/people/server/threaded.ts', `import 'node:worker_threads';`],
  'test-tools-in-tests': ['src/platform/tested.ts', `import '#testing/world.ts';`],
  'ships-what-it-needs': ['src/platform/pretty.ts', `import 'prettier';`],
};
const COMPANIONS: Record<string, string> = {
  'src/kernel/round.ts': `import './about.ts'; export const b = 1;`,
  'src/features/stranger/model.ts': `export type Stranger = 1;`,
  ...Object.fromEntries(order.map((feature) => [`src/features/${feature}/server/index.ts`, `export {};`])),
  'src/features/people/server/index.ts': ALLOWED['src/features/people/server/index.ts']!,
};

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

function plant(files: Record<string, string>): string {
  const base = mkdtempSync(join(tmpdir(), 'abwab-imports-'));
  folders.push(base);
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(base, path)), { recursive: true });
    writeFileSync(join(base, path), text);
  };
  const { imports } = JSON.parse(readFileSync(join(HOME, 'package.json'), 'utf8')) as { imports: object };
  const versions = (names: string[]) => Object.fromEntries(names.map((name) => [name, '1.0.0']));
  write('package.json', JSON.stringify({ name: 'planted', type: 'module', imports, dependencies: versions(packages.dependencies), devDependencies: versions(packages.devDependencies) }));
  for (const name of Object.values(packages).flat()) {
    write(`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', type: 'module', exports: { '.': './index.js', './*': './index.js' } }));
    write(`node_modules/${name}/index.js`, 'export {};');
  }
  mkdirSync(join(base, 'src/features'), { recursive: true });
  for (const path of ['.dependency-cruiser.cjs', 'src/features/order.json']) copyFileSync(join(HOME, path), join(base, path));
  for (const [path, text] of Object.entries(files)) write(path, text);
  return base;
}

let broken: { rule: string; from: string; to: string }[];
beforeAll(async () => {
  broken = await brokenImports(plant({ ...ALLOWED, ...COMPANIONS, ...Object.fromEntries(Object.values(PLANTED)) }));
});

test('a house in which every import is allowed passes', async () => {
  expect(await brokenImports(plant(ALLOWED))).toEqual([]);
});

test.for(Object.entries(PLANTED))('%s is reported', ([rule, [path]]) => {
  expect(broken.filter((it) => it.rule === rule).map((it) => it.from)).toContain(path);
});

test('nothing but the planted files is reported', () => {
  const planted = [...Object.values(PLANTED).map(([path]) => path), ...Object.keys(COMPANIONS)];
  expect(broken.filter((it) => !planted.includes(it.from))).toEqual([]);
});

test('no rule is left unproven', async () => {
  const { default: config } = (await import('../../.dependency-cruiser.cjs' as string)) as { default: { forbidden: { name: string }[] } };
  expect(Object.keys(PLANTED).sort()).toEqual(config.forbidden.map((rule) => rule.name).sort());
});

test('every feature folder has its place in the order', () => {
  const found = readdirSync(join(HOME, 'src/features'), { withFileTypes: true }).filter((it) => it.isDirectory()).map((it) => it.name);
  expect(found.filter((feature) => !order.includes(feature))).toEqual([]);
});
