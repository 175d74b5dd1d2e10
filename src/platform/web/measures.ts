/** What the server entry has seen since it began: numbers only, with labels that cannot grow. */
export const KINDS = ['page', 'form', 'api', 'file', 'record', 'other'] as const;
export type Kind = (typeof KINDS)[number];
export const CLASSES = ['2xx', '3xx', '4xx', '5xx'] as const;
/** Upper edges in seconds. */
export const EDGES = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5] as const;

export type Series = { count: number; seconds: number; within: number[] };
export type Measures = { answered(kind: Kind, status: number, seconds: number): void; series: ReadonlyMap<string, Series> };

export function openMeasures(): Measures {
  const series = new Map<string, Series>();
  for (const kind of KINDS) for (const status of CLASSES) series.set(`${kind} ${status}`, { count: 0, seconds: 0, within: EDGES.map(() => 0) });
  return {
    series,
    answered(kind, status, seconds) {
      const it = series.get(`${kind} ${CLASSES[Math.min(3, Math.max(0, Math.floor(status / 100) - 2))]}`)!;
      it.count++;
      it.seconds += seconds;
      for (const [at, edge] of EDGES.entries()) if (seconds <= edge) it.within[at]!++;
    },
  };
}

export function kindOf(method: string | undefined, url: string | undefined): Kind {
  if (method === 'POST') return 'form';
  const path = url ?? '/';
  if (/^\/(api|open311|feeds)\//.test(path)) return 'api';
  if (path.startsWith('/record/')) return 'record';
  if (path.startsWith('/files/') || /\.[a-z0-9]{2,11}(\?|$)/.test(path)) return 'file';
  return method === 'GET' || method === 'HEAD' ? 'page' : 'other';
}
