/** Everything that this house ever writes to a log: events by name, with fields from a closed list, and no other way to write. */
import ts from 'typescript';
import { expect, test } from 'vitest';
import { FIELDS } from '#platform/log/index.ts';
import { places, sources } from './sources.ts';

const code = [...sources('src', /\.(ts|svelte)$/, /\.test\.ts$|^src\/testing\//), ...sources('cli', /\.ts$/, /\.test\.ts$/)];
const LOG = 'src/platform/log/index.ts';

/** What is said, word by word: a text that stands in the code, or one of two. */
const isFixed = (it: ts.Expression | undefined): boolean => it !== undefined && (ts.isStringLiteral(it) || (ts.isConditionalExpression(it) && isFixed(it.whenTrue) && isFixed(it.whenFalse)));

function faultsOf(text: string): string[] {
  const file = ts.createSourceFile('it.ts', text, ts.ScriptTarget.Latest, true);
  const faults: string[] = [];
  const walk = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && /^log(Event|Error)$/.test(node.expression.getText())) {
      const [event, fields] = node.arguments;
      if (!isFixed(event)) faults.push(`${node.getText()}: the event is no fixed text`);
      if (fields && !ts.isObjectLiteralExpression(fields)) faults.push(`${node.getText()}: its fields cannot be seen`);
      for (const it of fields && ts.isObjectLiteralExpression(fields) ? fields.properties : []) {
        const name = it.name?.getText() ?? '…';
        if (!(FIELDS as readonly string[]).includes(name)) faults.push(`${node.getText()}: ${name} is no field of a log`);
      }
    }
    ts.forEachChild(node, walk);
  };
  walk(file);
  return faults;
}

test('every call names its event and fields of the list', () => {
  const calls = code.filter(({ path, text }) => path !== LOG && /\blog(Event|Error)\(/.test(text));
  expect(calls.length).toBeGreaterThan(5);
  expect(calls.flatMap(({ path, text }) => faultsOf(text).map((it) => `${path} ${it}`))).toEqual([]);
});

test('nothing else writes to the log of a server', () => {
  const server = code.filter(({ path }) => path.startsWith('src/') && path !== LOG);
  expect(places(server, /\bconsole\.|process\.(stderr|stdout)\b/)).toEqual([]);
});

test.each(['logEvent(`sent to ${mail}`)', 'logEvent(name)', `logError('failed', { mail: it.mail }, error)`, `logError('failed', { ...it }, error)`, `logError('failed', fields, error)`, `logError('failed', { [name]: 1 }, error)`])('a planted «%s» is seen', (planted) => {
  expect(faultsOf(planted)).toHaveLength(1);
});
