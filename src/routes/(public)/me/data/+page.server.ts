import { signInFirst } from '#platform/web/guard.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => signInFirst(locals, url);
