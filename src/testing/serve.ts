/** The built site on a database that a test has made; run by `site.ts` as a process of its own, so that its log can be read. */
import { join } from 'node:path';
import { hearOthers, onChange } from '../platform/db/changes.ts';
import { openCache, type CacheOptions } from '../platform/web/cache.ts';
import { listen } from '../platform/web/listener.ts';
import { openQueue } from '../platform/web/queue.ts';

const { handler } = (await import(join(process.env.ABWAB_HOME!, 'build/handler.js'))) as { handler: Parameters<typeof listen>[0]['handler'] };
// Tests write behind the site's back: what they look at is kept only where keeping is what they look at.
const kept = process.env.ABWAB_TEST_CACHE;
const cache = kept === undefined ? null : openCache(JSON.parse(kept) as CacheOptions);
if (cache) {
  onChange(cache.changed);
  hearOthers(process.env.ABWAB_TEST_APP_URL!);
}
// On a crowded machine everybody waits; what is said in a rush is looked at where there is one.
const queue = openQueue({ atOnce: 24, mostWaiting: 10_000, patienceMs: 100_000, slowMs: 10_000 });
const server = await listen({ handler, host: '127.0.0.1', port: 0, origin: process.env.ABWAB_ORIGIN ?? null, cache, queue });
process.stdout.write(`READY ${(server.address() as { port: number }).port}\n`);
