/** What deploy/ says is what is there: units that systemd understands, paths that exist, settings that are read. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import ts from 'typescript';
import { afterAll, expect, test } from 'vitest';
import { readConfig } from '#platform/config.ts';
import { arenas, lean } from '../../bin/lean.js';

const HOME = join(import.meta.dirname, '../..');
const DEPLOY = join(HOME, 'deploy');
const read = (name: string) => readFileSync(join(HOME, name), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'abwab-deploy-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const units = readdirSync(DEPLOY).filter((name) => /\.(service|timer)$/.test(name));
const has = (program: string) => spawnSync(program, ['--version']).error === undefined;
const { imports, dependencies, devDependencies } = JSON.parse(read('package.json')) as { imports: Record<string, string>; dependencies: Record<string, string>; devDependencies: Record<string, string> };

test.runIf(has('systemd-analyze'))('systemd understands every unit', () => {
  for (const name of units) writeFileSync(join(folder, name), read(`deploy/${name}`).replaceAll('/opt/abwab/node_modules/node/bin/node', process.execPath).replaceAll('/opt/abwab', HOME));
  for (const name of units) {
    const { status, stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', join(folder, name)], { encoding: 'utf8' });
    // What it says of units of this machine is not ours to mend.
    expect([name, stderr.split('\n').filter((line) => line.includes('abwab')), status]).toEqual([name, [], status]);
  }
});

test('what a unit starts is there, as is every command and option that it names', () => {
  const lines = units.filter((name) => name.endsWith('.service')).flatMap((name) => [...read(`deploy/${name}`).matchAll(/^ExecStart=(.+)$/gm)].map((match) => match[1]!));
  expect(lines).toHaveLength(4);
  for (const line of lines) {
    const [program, script, command, ...rest] = line.split(' ') as [string, string, string, ...string[]];
    expect(program).toBe('/opt/abwab/node_modules/node/bin/node');
    expect(existsSync(join(HOME, script.replace('/opt/abwab/', '')))).toBe(true);
    const source = read(`cli/commands/${command}.ts`);
    for (const option of rest.filter((it) => it.startsWith('--'))) expect(source, `${command} ${option}`).toContain(option);
  }
});

test('every setting of the examples is read, and the examples make a configuration', () => {
  const code = ['src/platform/config.ts', 'src/platform/sms/gateway.ts', 'src/platform/secrets.ts', 'cli/commands/signer.ts'].map(read).join('\n');
  for (const name of ['env.example', 'signer.env.example']) {
    const settings = [...read(`deploy/${name}`).matchAll(/^#?([A-Z_]+)=(\S*)/gm)].map((match) => [match[1]!, match[2]!] as const);
    expect(settings.length).toBeGreaterThan(2);
    for (const [setting] of settings) expect(code, setting).toMatch(new RegExp(`\\b${setting}\\b`));
    const set = [...read(`deploy/${name}`).matchAll(/^([A-Z_]+)=(\S*)/gm)].map((match) => [match[1]!, match[2]!] as const);
    expect(readConfig(Object.fromEntries(set)).data).toMatch(/^\/var\/lib\/abwab/);
  }
});

test('what the Containerfile copies and runs is there, with the Node of this code, and nothing of this machine goes along', () => {
  const text = read('deploy/Containerfile');
  for (const [, from] of text.matchAll(/^COPY (?!--from)(.+) \S+$/gm)) for (const path of from!.split(' ')) expect([path, existsSync(join(HOME, path))]).toEqual([path, true]);
  for (const [, path] of text.matchAll(/\bnode ((?:bin|cli)\/\S+)/g)) expect(existsSync(join(HOME, path!))).toBe(true);
  const [, script] = /^CMD \["node", "([^"]+)"/m.exec(text)!;
  expect(existsSync(join(HOME, script!))).toBe(true);
  for (const [, major] of text.matchAll(/^FROM \S+\/node:(\d+)-/gm)) expect(devDependencies.node).toMatch(new RegExp(`^\\^?${major}\\.`));
  const left = read('.dockerignore').split('\n');
  for (const name of ['node_modules', 'data', 'build', '.git', '.svelte-kit']) expect(left).toContain(name);
  expect(text).not.toMatch(/^USER root/m);
});

/** What a file loads when it is run, types left out. */
function importsOf(path: string): string[] {
  const asked: string[] = [];
  const text = (node: ts.Node | undefined) => { if (node && ts.isStringLiteral(node)) asked.push(node.text); };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) && !node.importClause?.isTypeOnly) text(node.moduleSpecifier);
    if (ts.isExportDeclaration(node) && !node.isTypeOnly) text(node.moduleSpecifier);
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) text(node.arguments[0]);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest));
  return asked;
}

/** Everything that the command line reaches without being built, and what of it comes from packages. */
function reached(from: string): { files: Set<string>; packages: Set<string> } {
  const files = new Set<string>();
  const packages = new Set<string>();
  const walk = (path: string): void => {
    if (files.has(path) || !existsSync(path)) return;
    files.add(path);
    for (const asked of importsOf(path)) {
      if (asked.startsWith('.')) walk(resolve(dirname(path), asked));
      else if (asked.startsWith('#')) walk(join(HOME, imports[`${asked.split('/')[0]}/*`]!.replace('*', asked.split('/').slice(1).join('/'))));
      else if (!asked.startsWith('node:') && !builtinModules.includes(asked)) packages.add(asked.split('/').slice(0, asked.startsWith('@') ? 2 : 1).join('/'));
    }
  };
  walk(join(HOME, from));
  return { files, packages };
}

test('without packages for development every command still finds what it needs', () => {
  const { files, packages } = reached('cli/abwab.ts');
  expect(files.size).toBeGreaterThan(200);
  expect([...packages].filter((name) => !(name in dependencies))).toEqual([]);
});

test('the page that stands in for the site says it in each language, small and with nothing from elsewhere', () => {
  const page = read('deploy/pause.html');
  expect(page.length).toBeLessThan(4_000);
  for (const lang of ['ar', 'en', 'ku']) expect(page).toContain(`lang="${lang}"`);
  expect(page).not.toMatch(/https?:|<script|<img|<link/);
});

test('what runs for months is started as bin/lean.js says, everywhere', () => {
  for (const name of ['deploy/abwab.service', 'deploy/abwab-worker.service', 'deploy/Containerfile']) {
    expect(read(name), name).toContain(lean.join(' '));
    for (const [variable, value] of Object.entries(arenas)) expect(read(name), name).toContain(`${variable}=${value}`);
  }
});
