/** A site whose every page holds the processor for some milliseconds and then waits for its database; `open`: without a queue in front, `idle`: without anything to do. */
import { createServer } from 'node:http';
import { listen } from '#platform/web/listener.ts';
import { openQueue } from '#platform/web/queue.ts';

const [cost, how] = process.argv.slice(2) as [string, 'open' | 'idle' | 'queue'];
const handler = (_request: unknown, response: { end(text: string): void }) => {
  for (const until = performance.now() + Number(cost); performance.now() < until;);
  setTimeout(() => response.end('مفتوح'), how === 'idle' ? 0 : 40);
};
const server = how !== 'queue' ? createServer(handler as never) : await listen({ host: '127.0.0.1', port: 0, origin: null, cache: null, queue: openQueue({ atOnce: 8, mostWaiting: 60, patienceMs: 500 }), handler: handler as never });
if (how !== 'queue') await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', () => resolve()); });
process.stdout.write(`READY ${(server.address() as { port: number }).port}\n`);
