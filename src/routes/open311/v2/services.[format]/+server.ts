import { preflight } from '#platform/web/api.ts';
import { listServices } from '#features/open311/server/index.ts';
import type { RequestHandler } from './$types';
import { open311 } from '../answer.ts';

export const GET: RequestHandler = open311(async ({ locals }, { lang }) => ({ root: 'services', each: 'service', value: await locals.ask(listServices, { lang }) }));
export const OPTIONS: RequestHandler = () => preflight();
