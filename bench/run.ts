/**
 * npm run bench [-- NAME]: what it costs, each measurement a file beside this one. They print ratios and figures of the
 * same run, since machines are noisy; nothing here passes or fails.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const all = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.ts') && name !== 'run.ts').map((name) => name.slice(0, -3)).sort();
const [wanted, ...more] = process.argv.slice(2);

if (wanted !== undefined && !all.includes(wanted)) {
  process.stderr.write(`There is no measurement «${wanted}». There are: ${all.join(', ')}\n`);
  process.exit(2);
}
let code = 0;
for (const name of wanted === undefined ? all : [wanted]) {
  process.stdout.write(`\n${name}\n`);
  code ||= spawnSync(process.execPath, [join(import.meta.dirname, `${name}.ts`), ...more], { stdio: 'inherit' }).status ?? 1;
}
process.exit(code);
