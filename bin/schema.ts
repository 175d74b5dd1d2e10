/** Compares db/schema.sql with what the steps in db/migrations make; `--write` brings the file up to date. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withClient } from '#platform/db/connection.ts';
import { describeSchema } from '#platform/db/schema.ts';
import { databaseUrl, ensureTemplate, HOME, startTestCluster } from '#testing/cluster.ts';

const file = join(HOME, 'db/schema.sql');
const cluster = await startTestCluster();
try {
  const template = await ensureTemplate(cluster.adminUrl, 'test');
  const now = await withClient(databaseUrl(cluster.adminUrl, template), describeSchema);
  const same = existsSync(file) && readFileSync(file, 'utf8') === now;
  if (!same && process.argv.includes('--write')) writeFileSync(file, now);
  else if (!same) {
    process.stderr.write('db/schema.sql is not what the steps make. Bring it up to date: node bin/schema.ts --write\n');
    process.exitCode = 1;
  }
} finally {
  await cluster.stop();
}
