/** What never reached an endpoint for programs, because there is no such address or no such method, is told as they read it and not as a page. */
import type { RequestEvent } from '@sveltejs/kit';
import { problem } from '#platform/web/api.ts';
import { notAnswered } from './open311/v2/answer.ts';

const CODES: Record<number, string> = { 404: 'not-found', 405: 'method-not-allowed', 403: 'not-allowed' };

/** What an endpoint has said itself is open to every origin, and stays as it is. `path` is without its language. */
export function refusedInTheirWords(event: RequestEvent, path: string, response: Response): Response {
  if (response.status < 400 || response.headers.has('access-control-allow-origin')) return response;
  const allow = response.headers.get('allow');
  const headers: Record<string, string> = allow ? { allow } : {};
  if (path.startsWith('/open311/')) return notAnswered(event, response.status, headers);
  return problem(response.status, CODES[response.status] ?? (response.status < 500 ? 'invalid' : 'broken'), headers);
}
