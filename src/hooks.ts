import type { Reroute } from '@sveltejs/kit/hooks';
import { splitPath } from '#platform/i18n/languages.ts';

/** An address with a NUL is no reader's, and PostgreSQL could not even look for it: there is no such page. */
const NOWHERE = '/404';

/** `/ku/needs` is the page `/needs` in Kurdish. */
export const reroute: Reroute = ({ url }) => (url.pathname.includes('%00') ? NOWHERE : splitPath(url.pathname).path);
