import { mayUpload } from '#features/organisations/access.ts';
import { registryQueue } from '#features/organisations/server/index.ts';
import { coordinates } from '../../staff.ts';
import { registryOnly } from './registry.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  registryOnly(locals, url);
  return { lines: await locals.ask(registryQueue, undefined), office: coordinates(locals.actor), mayUpload: mayUpload(locals.actor) };
};
