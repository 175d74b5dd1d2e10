/** Times, limits and small decisions of signing in. */
import type { Device, RoleGrant, Via } from './model.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export const CODE = { digits: 6, lifeMs: 10 * MINUTE, tries: 5 } as const;
export const LINK_LIFE_MS = 48 * HOUR;
/** `seen_at` is for its owner to recognise a sitting: ten minutes are exact enough and spare a write a page. */
export const TOUCH_MS = 10 * MINUTE;
export const RECOVERY_CODES = 8;

/** What may be tried how often. A neighbourhood behind one address is many people; one account is one person. */
export const LIMITS = {
  codesForContact: { bucket: 'code for contact', max: 5, perSeconds: 3600 },
  codesFromNetwork: { bucket: 'code from network', max: 60, perSeconds: 600 },
  triesFromNetwork: { bucket: 'tries from network', max: 100, perSeconds: 600 },
  visitorsByDesk: { bucket: 'visitor by desk', max: 120, perSeconds: 3600 },
  codesByDesk: { bucket: 'code by desk', max: 60, perSeconds: 3600 },
  secondFactor: { bucket: 'second factor', max: 5, perSeconds: 900 },
} as const;

export type Lifetime = { locksAt: Date; expiresAt: Date };

/**
 * Residents stay signed in for thirty days. With two factors the sitting locks after twelve hours and can be opened
 * again with the second factor alone for thirty days, because a link works once and not every office has mail.
 * A link without its second factor is worth half an hour: enough to set one.
 */
export function lifetimeOf(via: Via, assurance: 'one' | 'two', now: Date): Lifetime {
  const after = (ms: number) => new Date(now.getTime() + ms);
  if (via === 'demonstration') return { locksAt: after(12 * HOUR), expiresAt: after(12 * HOUR) };
  if (assurance === 'two') return { locksAt: after(12 * HOUR), expiresAt: after(30 * DAY) };
  const life = via === 'code' ? 30 * DAY : 30 * MINUTE;
  return { locksAt: after(life), expiresAt: after(life) };
}

/** The code as six Latin digits, or null: three shapes of digits, spaces and dashes are all right. */
export function readDigits(folded: string): string | null {
  const digits = folded.replace(/[\s.\-–\u00a0]/g, '');
  return /^\d{6}$/.test(digits) ? digits : null;
}

const CONTROL = /[\u0000-\u001f\u007f\\]/;

/** A path of this site to go on to after signing in; anything that could lead elsewhere is the given other path. */
export function ownPath(next: string | null | undefined, otherwise: string): string {
  if (!next || next.length > 300 || !/^\/(?![/\\])/.test(next) || CONTROL.test(next)) return otherwise;
  const url = URL.parse(next, 'http://own.invalid');
  return url?.origin === 'http://own.invalid' && url.pathname.startsWith('/') && !url.pathname.startsWith('//') ? url.pathname + url.search + url.hash : otherwise;
}

/** Which kind of device this was, from what the browser says about itself; the text itself is not kept. */
export function deviceOf(userAgent: string): Device {
  const says = userAgent.slice(0, 400);
  if (/iPad|Tablet|Android(?!.*Mobile)/i.test(says)) return 'tablet';
  if (/Android/i.test(says)) return 'android';
  if (/iPhone|iPod/i.test(says)) return 'iphone';
  if (/Windows/i.test(says)) return 'windows';
  if (/Mac OS X|Macintosh/i.test(says)) return 'mac';
  return /Linux|X11|CrOS/i.test(says) ? 'linux' : 'other';
}

/** A mail address as its owner recognises it and nobody else learns it: na•••@example.org */
export function maskMail(mail: string): string {
  const at = mail.lastIndexOf('@');
  return `${mail.slice(0, Math.min(2, at - 1))}•••${mail.slice(at)}`;
}

/** Before the second administrator, grants count at once; afterwards they wait for somebody else. */
export const countsAtOnce = (twoPersons: boolean): boolean => !twoPersons;

export const isWaiting = (grant: RoleGrant): boolean => grant.state === 'waiting';
