import { expect, test } from 'vitest';
import { deviceOf, lifetimeOf, maskMail, ownPath, readDigits } from './rules.ts';

test('after signing in, only pages of this site are opened', () => {
  for (const path of ['/needs', '/ku/n/TST-1001-22?a=1#support', '/']) expect(ownPath(path, '/me')).toBe(path);
  for (const path of ['//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:alert(1)', '/a\\..\\b', '/\t/evil.example', '/.//evil.example', '', null, undefined, `/${'a'.repeat(400)}`]) {
    expect(ownPath(path, '/me'), String(path)).toBe('/me');
  }
});

test('a code is six digits with anything between them', () => {
  expect(readDigits('482 731')).toBe('482731');
  expect(readDigits(' 4-8-2 7.31 ')).toBe('482731');
  for (const wrong of ['', '48273', '4827311', '48273a']) expect(readDigits(wrong)).toBeNull();
});

test('of a browser only the kind of device is known', () => {
  expect(deviceOf('Mozilla/5.0 (Linux; Android 10; SM-A105F) AppleWebKit/537.36 Chrome/120 Mobile Safari/537.36')).toBe('android');
  expect(deviceOf('Mozilla/5.0 (Linux; Android 13; SM-X200) AppleWebKit/537.36 Chrome/120 Safari/537.36')).toBe('tablet');
  expect(deviceOf('Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X)')).toBe('iphone');
  expect(deviceOf('Mozilla/5.0 (Windows NT 10.0; Win64; x64)')).toBe('windows');
  expect(deviceOf('')).toBe('other');
});

test('a link without its second factor is worth half an hour', () => {
  const now = new Date('2026-11-24T09:00:00Z');
  expect(lifetimeOf('link', 'one', now).expiresAt).toEqual(new Date('2026-11-24T09:30:00Z'));
  expect(lifetimeOf('link', 'two', now)).toEqual({ locksAt: new Date('2026-11-24T21:00:00Z'), expiresAt: new Date('2026-12-24T09:00:00Z') });
  expect(lifetimeOf('demonstration', 'two', now).expiresAt).toEqual(new Date('2026-11-24T21:00:00Z'));
});

test('a masked mail keeps what its owner needs', () => {
  expect(maskMail('nadia@example.org')).toBe('na•••@example.org');
  expect(maskMail('a@example.org')).toBe('•••@example.org');
});
