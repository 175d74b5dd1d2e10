/** The port, held from the first moment: a taken one is said at once, and until the site can serve it says so itself. */
import { openCache } from '#platform/web/cache.ts';
import { listen, type Handler } from '#platform/web/listener.ts';
import { openMeasures } from '#platform/web/measures.ts';
import { openMetrics, type Figures } from '#platform/web/metrics.ts';
import { openQueue } from '#platform/web/queue.ts';
import { VERSION } from '#platform/web/version.ts';
import type { Config } from '#platform/config.ts';

export type Gate = {
  port: number;
  open(handler: Handler, figures: Figures): void;
  /** something was written: what is kept in memory is made anew */
  changed(): void;
  /** lets what was begun end, for ten seconds at most */ close(): Promise<void>;
};

const LONGEST_END_MS = 10_000;

export async function openGate(config: Config): Promise<Gate> {
  let handler: Handler = closed('starting');
  const parts = { measures: openMeasures(), cache: openCache(), queue: openQueue() };
  let metrics: ReturnType<typeof openMetrics> | null = null;
  const figures = { token: config.metricsToken, text: async () => metrics?.text() ?? '' };
  const server = await listen({ handler: (...it) => handler(...it), host: config.host, port: config.port, origin: config.origin, proxy: config.proxy, ...parts, metrics: figures }).catch((error: NodeJS.ErrnoException) => {
    throw new Error(SENTENCES[error.code ?? '']?.(config) ?? `The site cannot listen on ${config.host}:${config.port} (${error.code}).`, { cause: error });
  });
  return {
    port: (server.address() as { port: number }).port,
    open: (whole, house) => {
      handler = whole;
      metrics = openMetrics(parts, house);
    },
    changed: parts.cache.changed,
    close: () => new Promise((resolve) => {
      handler = closed('stopping');
      metrics?.close();
      const force = setTimeout(() => server.closeAllConnections(), LONGEST_END_MS);
      server.close(() => { clearTimeout(force); resolve(); });
      server.closeIdleConnections();
    }),
  };
}

const SENTENCES: Record<string, (config: Config) => string> = {
  EADDRINUSE: ({ port }) => `Port ${port} is taken by another program, perhaps by this site already. Stop it, or choose another: npm start -- --port ${port + 1}`,
  EACCES: ({ port }) => `This user may not listen on port ${port}. Choose one above 1023: npm start -- --port 3000`,
  EADDRNOTAVAIL: ({ host }) => `This computer has no address ${host}. Try --host 127.0.0.1, or --host 0.0.0.0 for all.`,
  ENOTFOUND: ({ host }) => `There is no address ${host}. Try --host 127.0.0.1, or --host 0.0.0.0 for all.`,
};

function closed(status: 'starting' | 'stopping'): Handler {
  return (request, response) => {
    response.setHeader('retry-after', '2').setHeader('cache-control', 'no-store').setHeader('connection', 'close');
    response.setHeader('content-type', request.url === '/health' ? 'application/json' : 'text/plain; charset=utf-8');
    response.writeHead(503).end(request.url === '/health' ? JSON.stringify({ status, version: VERSION, database: 'unknown', jobs: 'unknown', record: null }) : 'لحظة من فضلك …\nOne moment, please …\n');
  };
}
