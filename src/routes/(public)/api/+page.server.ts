import { makeReference } from '#kernel/reference-number.ts';
import type { PageServerLoad } from './$types';

/** Shows what a number looks like; with prefix and check digits it is a real one. */
const EXAMPLE = 4827;

export const load: PageServerLoad = ({ locals }) => ({ example: makeReference(locals.profile.prefix, EXAMPLE) });
