import { preflight } from '#platform/web/api.ts';
import { serviceDefinition } from '#features/open311/server/index.ts';
import type { RequestHandler } from './$types';
import { open311 } from '../../answer.ts';

export const GET: RequestHandler = open311(async ({ locals, params }, { lang }) => ({ root: 'service_definition', value: await locals.ask(serviceDefinition, { code: params.code!, lang }) }));
export const OPTIONS: RequestHandler = () => preflight();
