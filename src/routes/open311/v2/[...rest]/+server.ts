import { refuse } from '#kernel/refusal.ts';
import type { RequestHandler } from './$types';
import { open311 } from '../answer.ts';

/** Programs hear of a wrong address in their own language: a list of errors, not a page. */
export const fallback: RequestHandler = open311(async () => refuse({ because: 'not-found', what: 'address' }));
