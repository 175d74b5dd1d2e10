import { redirect } from '@sveltejs/kit';
import type { PageServerLoad } from './$types';

/** The address in letters and texts about a question: the sender proves who they are, then answers. */
export const load: PageServerLoad = ({ params, locals }) => redirect(302, `${locals.words.href('/track')}?number=${encodeURIComponent(params.number)}`);
