import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sha256 } from './sha256.ts';

test('is SHA-256 for any bytes, at every length around a block', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => { expect(Buffer.from(sha256(bytes))).toEqual(createHash('sha256').update(bytes).digest()); }), { numRuns: 300 });
  for (let length = 0; length < 200; length++) expect(Buffer.from(sha256(new Uint8Array(length).fill(length)))).toEqual(createHash('sha256').update(new Uint8Array(length).fill(length)).digest());
});
