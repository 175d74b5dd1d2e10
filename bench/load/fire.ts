/** Load, and what came of it. The generator shares the processors with what it measures, as it says in docs/performance.md. */
import autocannon, { type Result } from 'autocannon';

export type Shot = { path: string; method?: 'GET' | 'POST'; body?: string; headers?: Record<string, string> };
export type Fired = { perSecond: number; p50: number; p975: number; refused: number; wrong: number; done: number };

export async function fire(url: string, it: { connections: number; seconds?: number; amount?: number; shots: readonly Shot[]; right?: readonly number[] }): Promise<Fired> {
  const right = new Set(it.right ?? [200]);
  let wrong = 0;
  let refused = 0;
  let done = 0;
  // Each connection walks through the shots from another place, so that no two ask for the same at once.
  const requests = it.shots.map(({ path, method = 'GET', body, headers }) => ({ path, method, ...(body === undefined ? {} : { body }), headers: { 'accept-encoding': 'br', ...headers } }));
  let next = 0;
  const result = await new Promise<Result>((resolve, reject) => {
    const running = autocannon({
      url, connections: it.connections, ...(it.amount === undefined ? { duration: it.seconds ?? 5 } : { amount: it.amount }), requests: [{ method: 'GET', path: '/' }], timeout: 30,
      setupClient: (client) => {
        // Read as text, as the generator does, a compressed body takes longer than the server takes to send it; nobody looks at it here.
        client.pipelinedRequests.addBody = () => undefined;
        const give = () => client.setRequests([requests[next++ % requests.length]! as never]);
        give();
        client.on('response', (status: number) => {
          done++;
          if (status === 503) refused++;
          else if (!right.has(status)) wrong++;
          give();
        });
      },
    }, (error, answer) => (error ? reject(error) : resolve(answer)));
    running.on('error', reject);
  });
  return { perSecond: done / result.duration, p50: result.latency.p50, p975: result.latency.p97_5, refused, wrong: wrong + result.errors, done };
}
