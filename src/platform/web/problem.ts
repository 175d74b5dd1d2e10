/** A refusal for programs, as RFC 9457 wants it. */
const TITLES: Record<number, string> = { 400: 'Bad request', 403: 'Forbidden', 404: 'Not found', 405: 'Method not allowed', 409: 'Conflict', 410: 'Gone', 429: 'Too many requests', 500: 'Internal error', 503: 'Service unavailable' };

export type Problem = { type: string; title: string; status: number; code: string; errors?: { parameter: string; code: string }[] };

export function problemText(status: number, code: string, errors?: Problem['errors']): string {
  return JSON.stringify({ type: 'about:blank', title: TITLES[status] ?? 'Error', status, code, ...(errors ? { errors } : {}) } satisfies Problem);
}
