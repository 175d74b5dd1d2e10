import { retentionTable } from '#features/privacy/retention.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ url }) => ({ lines: retentionTable(), erased: url.searchParams.has('erased') });
