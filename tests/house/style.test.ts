/** The style of the house, as far as a machine can see it: small functions, small files, nothing left for later. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { featureNames, HOME, places, sources, type Source } from './sources.ts';

const MOST_LINES_A_FUNCTION = 70;
const MOST_LINES_A_FILE = 300;

const code = sources('src', /\.ts$/, /\/fixtures\/|\/i18n\/catalog\.ts$/);
const tools = [...sources('cli', /\.ts$/), ...sources('bench', /\.ts$/), ...sources('bin', /\.(ts|js)$/, /\.d\.ts$/), ...sources('tests', /\.ts$/)];
const parsed = (it: Source) => ts.createSourceFile(it.path, it.text, ts.ScriptTarget.Latest, true, it.path.endsWith('.js') ? ts.ScriptKind.JS : ts.ScriptKind.TS);

function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  ts.forEachChild(node, (child) => walk(child, visit));
}

/** describe(…) gathers tests and does nothing itself. */
const isChapter = (node: ts.Node): boolean => ts.isCallExpression(node) && /^describe\b/.test(node.expression.getText());

function longFunctions(it: Source): string[] {
  const file = parsed(it);
  const found: string[] = [];
  walk(file, (node) => {
    if (!ts.isFunctionLike(node) || !('body' in node) || !node.body || isChapter(node.parent)) return;
    const from = file.getLineAndCharacterOfPosition(node.getStart()).line + 1;
    const lines = file.getLineAndCharacterOfPosition(node.end).line + 2 - from;
    if (lines > MOST_LINES_A_FUNCTION) found.push(`${it.path}:${from} has ${lines} lines`);
  });
  return found;
}

test(`no function has more than ${MOST_LINES_A_FUNCTION} lines`, () => {
  expect([...code, ...tools].flatMap(longFunctions)).toEqual([]);
});

test(`no file has more than ${MOST_LINES_A_FILE} lines`, () => {
  const all = [...code, ...tools, ...sources('src', /\.(svelte|css)$/)];
  expect(all.map(({ path, text }) => ({ path, lines: text.trimEnd().split('\n').length })).filter((it) => it.lines > MOST_LINES_A_FILE)).toEqual([]);
});

test('nothing is left for later', () => {
  const all = [...code, ...tools, ...sources('src', /\.(svelte|css|html)$/), ...sources('db', /\.sql$/), ...sources('docs', /\.md$/)].filter((it) => it.path !== 'tests/house/style.test.ts');
  expect(places(all, /\b(TODO|FIXME|XXX|HACK)\b/)).toEqual([]);
  expect(places(all.filter((it) => it.path.endsWith('.test.ts')), /\b(test|it|describe)\.(only|skip|todo|fails)\b/)).toEqual([]);
});

test('lines are indented with spaces and end where their text ends', () => {
  const all = [...code, ...tools, ...sources('src', /\.(svelte|css|html)$/), ...sources('db', /\.sql$/), ...sources('messages', /\.json$/)];
  expect(places(all.filter((it) => it.path !== 'db/schema.sql'), /^\t|[ \t]$/)).toEqual([]);
  expect(all.filter((it) => !it.text.endsWith('\n') || it.text.includes('\r')).map((it) => it.path)).toEqual([]);
});

test('types are aliases, exports have names, and what TypeScript would have to compile is not used', () => {
  const faults: string[] = [];
  for (const it of code.filter(({ path }) => path !== 'src/app.d.ts')) {
    walk(parsed(it), (node) => {
      if (ts.isInterfaceDeclaration(node) && !it.text.includes(`declare module`)) faults.push(`${it.path} declares the interface ${node.name.text}`);
      if (ts.isExportAssignment(node) && !/(global-setup|\.d)\.ts$/.test(it.path)) faults.push(`${it.path} has a default export`);
      if (ts.isEnumDeclaration(node)) faults.push(`${it.path} declares the enum ${node.name.text}`);
    });
  }
  expect(faults).toEqual([]);
});

test.for(featureNames())('%s has a README with its purpose, words and states', (feature) => {
  const path = join(HOME, 'src/features', feature, 'README.md');
  expect(existsSync(path), `src/features/${feature}/README.md is missing`).toBe(true);
  expect(readFileSync(path, 'utf8').trim().split('\n').length).toBeGreaterThanOrEqual(3);
});

test('no promise is left alone: a failure in it would be nobody’s', () => {
  const config = ts.parseJsonConfigFileContent(ts.readConfigFile(join(HOME, 'tsconfig.json'), ts.sys.readFile).config, ts.sys, HOME);
  const program = ts.createProgram(config.fileNames.filter((it) => /\/(src|cli|bin|bench)\//.test(it)), config.options);
  const checker = program.getTypeChecker();
  const alone: string[] = [];
  for (const file of program.getSourceFiles()) {
    if (file.isDeclarationFile || file.fileName.includes('/node_modules/')) continue;
    walk(file, (node) => {
      if (!ts.isExpressionStatement(node) || ts.isAwaitExpression(node.expression) || ts.isVoidExpression(node.expression)) return;
      if (!ts.isCallExpression(node.expression) || /\.(catch|then)\(/.test(node.expression.getText())) return;
      if (checker.getTypeAtLocation(node.expression).getProperty('then')) alone.push(`${file.fileName.slice(HOME.length + 1)}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1} ${node.getText().slice(0, 80)}`);
    });
  }
  expect(alone).toEqual([]);
}, 400_000);

test('what a use case says is run by the worker, the worker runs', () => {
  const worker = readFileSync(join(HOME, 'src/worker.ts'), 'utf8');
  const idle = sources('src/features', /\/server\/.*\.ts$/, /\.test\.ts$/).flatMap((it) =>
    [...it.text.matchAll(/\/\*\*(?:(?!\*\/)[\s\S])*?\b[Rr]un by the worker[\s\S]*?\*\/\s*export (?:async )?function (\w+)/g)].map((match) => match[1]!)).filter((name) => !new RegExp(`\\b${name}\\b`).test(worker));
  expect(idle).toEqual([]);
});
