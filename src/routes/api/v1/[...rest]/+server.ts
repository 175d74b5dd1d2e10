import { problem } from '#platform/web/api.ts';
import type { RequestHandler } from './$types';

/** Programs hear of a wrong address in their own language: a problem, not a page. */
export const fallback: RequestHandler = () => problem(404, 'not-found');
