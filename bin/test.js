// npm test: everything that has to hold before a change is taken. One line a step; the last line counts.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './build.js';
import { check } from './check.js';
import { ensureChromium } from './chromium.js';
import { environment, home, node, run, say, step } from './run.js';

const cache = join(home, '.cache');
const all = process.argv.includes('--all');

// Whichever Node npm runs under, the tests run under the pinned one.
if (process.execPath !== node) {
  const child = spawn(node, [import.meta.filename, ...process.argv.slice(2)], { cwd: home, env: environment(), stdio: ['ignore', 'inherit', 'inherit'] });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code) => process.exit(code ?? 1));
} else {
  process.exit(await everything());
}

async function everything() {
  const began = Date.now();
  mkdirSync(cache, { recursive: true });
  const count = { passed: 0, failed: await check() };
  add(count, await unitTests());
  if ((await step('production build', async () => ({ code: (await build()) ? 0 : 1 }))).code === 0) add(count, await journeys());
  else count.failed += 1;
  const minutes = ((Date.now() - began) / 60_000).toFixed(1);
  say(count.failed === 0 ? `All is well (${minutes} min).` : `Something failed (${minutes} min). The lines above say what.`);
  process.stdout.write(`${count.passed} passed, ${count.failed} failed\n`);
  return count.failed > 0 ? 1 : 0;
}

function add(count, { passed, failed }) {
  count.passed += passed;
  count.failed += failed;
}

/** Runs a tool that writes its results as JSON; without results the step counts as one failure. */
async function counted(name, file, args, env, read) {
  rmSync(file, { force: true });
  let result = { passed: 0, failed: 1, told: [] };
  await step(name, async () => {
    const { code, output } = await run(node, args, { quiet: true, env });
    try {
      result = read(JSON.parse(readFileSync(file, 'utf8')));
    } catch (error) {
      result.told = [String(error), output.slice(-8_000)];
    }
    if (code !== 0 && result.failed === 0) {
      result.failed = 1;
      result.told = [output.slice(-8_000)];
    }
    return { code: result.failed > 0 ? 1 : 0 };
  });
  say(`       ${result.passed} passed, ${result.failed} failed`);
  for (const line of result.told) process.stderr.write(`${line}\n`);
  return result;
}

function unitTests() {
  const file = join(cache, 'vitest.json');
  const tries = join(cache, 'second-tries.txt');
  rmSync(tries, { force: true });
  const args = [join(home, 'node_modules/vitest/vitest.mjs'), 'run', '--reporter=json', `--reporter=${join(home, 'bin/second-tries.js')}`, `--outputFile.json=${file}`];
  const env = { ABWAB_SECOND_TRIES: tries, ...(all ? { ABWAB_TEST_ALL: '1' } : {}) };
  return counted('unit and database tests', file, args, env, (report) => ({
    passed: report.numPassedTests,
    // A file that could not be loaded has no tests to fail: it counts as one.
    failed: report.numFailedTests + report.testResults.filter((it) => it.status === 'failed' && it.assertionResults.every((test) => test.status !== 'failed')).length,
    told: [
      ...(existsSync(tries) ? [readFileSync(tries, 'utf8').trimEnd()] : []),
      ...report.testResults.filter((it) => it.status === 'failed').flatMap((it) => [
        `✗ ${it.name.slice(home.length + 1)} ${it.assertionResults.some((test) => test.status === 'failed') ? '' : it.message}`,
        ...it.assertionResults.filter((test) => test.status === 'failed').map((test) => `  ✗ ${test.fullName}\n${indented(test.failureMessages[0] ?? '')}`),
      ]),
    ],
  }));
}

async function journeys() {
  const chromium = await ensureChromium();
  if (!chromium) {
    say('FAILED journeys: there is no Chromium. Install it (Debian: apt-get install chromium) or name one: CHROMIUM=/path npm test');
    return { passed: 0, failed: 1 };
  }
  const file = join(cache, 'journeys.json');
  const args = [join(home, 'node_modules/@playwright/test/cli.js'), 'test', '--reporter=json'];
  const env = { CHROMIUM: chromium, PLAYWRIGHT_JSON_OUTPUT_NAME: file, ...(all ? { ABWAB_TEST_ALL: '1' } : {}) };
  return counted('journeys in a browser', file, args, env, (report) => {
    const specs = flat(report.suites);
    const failed = specs.filter((spec) => !spec.ok);
    const stumbled = specs.filter((spec) => spec.tests.some((test) => test.status === 'flaky'));
    return {
      passed: report.stats.expected + report.stats.flaky,
      failed: report.stats.unexpected + report.errors.length,
      told: [
        ...report.errors.map((it) => it.message),
        ...stumbled.map((spec) => `  ~ ${spec.file}:${spec.line} ${spec.title}: passed at its second try\n${indented(spec.tests[0]?.results[0]?.error?.message ?? '')}`),
        ...failed.map((spec) => `  ✗ ${spec.file}:${spec.line} ${spec.title}\n${indented(spec.tests[0]?.results.at(-1)?.error?.message ?? '')}`),
      ],
    };
  });
}

// Declared as functions: what runs above is awaited before a constant down here would have its value.
function flat(suites) {
  return suites.flatMap((suite) => [...(suite.specs ?? []), ...flat(suite.suites ?? [])]);
}

function indented(text) {
  // eslint-disable-next-line no-control-regex
  return text.replace(/\x1b\[[0-9;]*m/g, '').split('\n').slice(0, 25).map((line) => `      ${line.slice(0, 300)}`).join('\n');
}
