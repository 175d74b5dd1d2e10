/** The rooms that are open: every menu, footer and door is taken from here, so that none leads to a closed one. */
import type { IconName } from '#ui/icons.ts';

/** `key` is the name of the room in messages: `site.room.<key>`. */
export type Room = { path: string; key: string };

export const MAIN: readonly Room[] = [
  { path: '/needs', key: 'needs' },
  { path: '/commitments', key: 'commitments' },
  { path: '/bodies', key: 'bodies' },
  { path: '/orgs', key: 'orgs' },
  { path: '/map', key: 'map' },
];

export const MENU: readonly Room[] = [{ path: '/new', key: 'new' }, { path: '/track', key: 'track' }, ...MAIN, { path: '/search', key: 'search' }, { path: '/help', key: 'help' }];

export const FOOTER: readonly { key: 'take-part' | 'follow-up' | 'about'; rooms: readonly Room[] }[] = [
  { key: 'take-part', rooms: [{ path: '/new', key: 'new' }, { path: '/open', key: 'open' }, { path: '/needs', key: 'needs' }, { path: '/map', key: 'map' }] },
  { key: 'follow-up', rooms: [{ path: '/track', key: 'track' }, { path: '/commitments', key: 'commitments' }, { path: '/bodies', key: 'bodies' }, { path: '/orgs', key: 'orgs' }, { path: '/search', key: 'search' }] },
  { key: 'about', rooms: [{ path: '/help', key: 'help' }, { path: '/help#privacy', key: 'privacy' }, { path: '/help#accessibility', key: 'accessibility' }, { path: '/moderation', key: 'moderation' }, { path: '/log', key: 'log' }, { path: '/verify', key: 'verify' }, { path: '/data', key: 'data' }, { path: '/settings', key: 'settings' }] },
];

export const DOORS: readonly (Room & { icon: IconName })[] = [
  { path: '/new/need', key: 'door.need', icon: 'need' },
  { path: '/new/proposal', key: 'door.proposal', icon: 'proposal' },
  { path: '/new/initiative', key: 'door.initiative', icon: 'initiative' },
  { path: '/new/question', key: 'door.question', icon: 'question' },
  { path: '/new/complaint', key: 'door.complaint', icon: 'complaint' },
  { path: '/commitments', key: 'door.commitments', icon: 'commitment' },
  { path: '/map', key: 'door.map', icon: 'map' },
  { path: '/bodies', key: 'door.bodies', icon: 'body' },
];

/** What is nobody's to find or share: own pages, work pages, and steps of a form. */
const OWN = /^\/(me|login|enter|admin|desk|gov|org|track|follow|settings|places|demo|offline|leave|comments|unusual)(\/|$)|^\/log\/\d|\/sent$|^\/new\/./;
export const isForAll = (path: string): boolean => !OWN.test(path);
/** Pages that may stay on a device for when there is no network. A complaint leaves no trace there, nor does what was sent. */
export const isKept = (path: string): boolean => isForAll(path) || /^\/(follow|offline|new\/(?!complaint)[a-z]+)$/.test(path);
/**
 * Routes whose answer is the same for every visitor, whatever they did before: these may be answered from memory. A page with a number
 * of its own, a private key in its address or a form that is sent once is not among them.
 */
const SAME = /^\/(\(public\)\/(needs|n\/\[number\]|commitments(\/\[number\])?|bodies(\/\[code\](\/(answers|promises))?)?|a\/\[pcode\]|map|open|search|help|api|data|log))?$|^\/api\/v1\/(?!\[)|^\/(robots\.txt|sitemap\.xml|manifest\.webmanifest)$/;
export const isSameForAll = (route: string | null): boolean => route !== null && SAME.test(route);
export const isForStaff = (path: string): boolean => /^\/(admin|desk|gov|org|unusual)(\/|$)/.test(path);
