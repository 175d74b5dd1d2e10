/** The built site on a database that a test has made; run by `site.ts` as a process of its own, so that its log can be read. */
import { join } from 'node:path';
import { hearOthers, onChange } from '../platform/db/changes.ts';
import { openCache, type CacheOptions } from '../platform/web/cache.ts';
import { listen } from '../platform/web/listener.ts';

const { handler } = (await import(join(process.env.ABWAB_HOME!, 'build/handler.js'))) as { handler: Parameters<typeof listen>[0]['handler'] };
// Tests write behind the site's back: what they look at is kept only where keeping is what they look at.
const kept = process.env.ABWAB_TEST_CACHE;
const cache = kept === undefined ? null : openCache(JSON.parse(kept) as CacheOptions);
if (cache) {
  onChange(cache.changed);
  hearOthers(process.env.ABWAB_TEST_APP_URL!);
}
const server = await listen({ handler, host: '127.0.0.1', port: 0, origin: process.env.ABWAB_ORIGIN ?? null, cache });
process.stdout.write(`READY ${(server.address() as { port: number }).port}\n`);
