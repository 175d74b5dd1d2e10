/**
 * What a device writes down while it waits can be read by the server alone: ECDH on P-256 with a key made for each entry, HKDF and
 * AES-256-GCM, as browsers have them. The number on the receipt is bound to it.
 * Written by a device: the 65 bytes of its own public key, then the encrypted text with its tag, as base64.
 */
import { createDecipheriv, createPrivateKey, createPublicKey, diffieHellman, generateKeyPairSync, hkdfSync } from 'node:crypto';
import type { Ctx } from '../../context.ts';

const POINT = 65;
const TAG = 16;
const INFO = 'abwab counter';

/** A key pair of one block: what the device gets, and what stays here, sealed. */
export function makeBox(ctx: Ctx): { publicKey: string; keySealed: Buffer } {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const plain = privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64');
  return { publicKey: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'), keySealed: ctx.secrets.seal('key of a block', plain) };
}

/** The text, or null when it was changed, belongs to another number, or was written for another block. */
export function openBox(ctx: Ctx, keySealed: Buffer, it: { sealed: string; number: string }): string | null {
  const bytes = Buffer.from(it.sealed, 'base64');
  if (bytes.length < POINT + TAG || bytes[0] !== 4) return null;
  const point = bytes.subarray(0, POINT);
  try {
    const jwk = { kty: 'EC', crv: 'P-256', x: point.subarray(1, 33).toString('base64url'), y: point.subarray(33).toString('base64url') };
    const privateKey = createPrivateKey({ key: Buffer.from(ctx.secrets.unseal('key of a block', keySealed), 'base64'), type: 'pkcs8', format: 'der' });
    const shared = diffieHellman({ privateKey, publicKey: createPublicKey({ key: jwk, format: 'jwk' }) });
    const decipher = createDecipheriv('aes-256-gcm', Buffer.from(hkdfSync('sha256', shared, point, INFO, 32)), Buffer.alloc(12));
    decipher.setAAD(Buffer.from(it.number));
    decipher.setAuthTag(bytes.subarray(-TAG));
    return Buffer.concat([decipher.update(bytes.subarray(POINT, -TAG)), decipher.final()]).toString('utf8');
  } catch {
    return null;
  }
}
