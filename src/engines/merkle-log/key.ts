/** Keys as C2SP signed-note writes them, and Ed25519 by the platform's own cryptography. */
import { concat, equal, fromBase64, toBase64, toHex, utf8 } from './bytes.ts';
import { fault } from './error.ts';
import { hashOf } from './hash.ts';

/** How a signature is made: 1 over the note's text, 4 over the text with a time before it. */
export const ED25519 = 1;
export const COSIGNATURE = 4;
const KINDS = [ED25519, COSIGNATURE];

export type VerifierKey = { name: string; kind: number; id: Uint8Array; publicKey: Uint8Array };
export type SigningKey = { verifier: VerifierKey; seed: Uint8Array; sign(message: Uint8Array): Promise<Uint8Array> };

/** Neither spaces nor a plus, which part the fields of a key and of a signature. */
export const isKeyName = (name: string): boolean => name.length > 0 && name.length <= 255 && !/[\s+\u0000-\u001f\u007f]/u.test(name);

/** The first four bytes of a hash over name, kind and public key. */
export function keyId(name: string, kind: number, publicKey: Uint8Array): Uint8Array {
  return hashOf(concat([utf8(`${name}\n`), Uint8Array.of(kind), publicKey])).slice(0, 4);
}

export const verifierOf = (name: string, kind: number, publicKey: Uint8Array): VerifierKey => ({ name, kind, id: keyId(name, kind, publicKey), publicKey });

/** `name+a1b2c3d4+base64(kind, public key)` */
export const verifierText = (key: VerifierKey): string => `${key.name}+${toHex(key.id)}+${toBase64(concat([Uint8Array.of(key.kind), key.publicKey]))}`;

export function parseVerifier(text: string): VerifierKey {
  const { name, id, kind, bytes } = fields(text, 'A verifier key');
  const key = verifierOf(name, kind, bytes);
  if (toHex(key.id) !== id) fault('E_KEY_FORMAT', `The key of ${name} and its identifier do not belong together.`);
  return key;
}

/** `PRIVATE+KEY+name+a1b2c3d4+base64(kind, seed)`: never to be shown, logged or served. */
export const signingText = (key: SigningKey): string =>
  `PRIVATE+KEY+${key.verifier.name}+${toHex(key.verifier.id)}+${toBase64(concat([Uint8Array.of(key.verifier.kind), key.seed]))}`;

export async function parseSigning(text: string): Promise<SigningKey> {
  const prefix = 'PRIVATE+KEY+';
  if (!text.startsWith(prefix)) fault('E_KEY_FORMAT', 'This is no signing key.');
  const { name, id, kind, bytes } = fields(text.slice(prefix.length), 'A signing key');
  const key = await signingKey(name, bytes, kind);
  if (toHex(key.verifier.id) !== id) fault('E_KEY_FORMAT', `The signing key of ${name} and its identifier do not belong together.`);
  return key;
}

function fields(text: string, what: string): { name: string; id: string; kind: number; bytes: Uint8Array } {
  const found = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(text.trim());
  const bytes = found && fromBase64(found[3]!);
  if (!found || !bytes || bytes.length !== 33 || !KINDS.includes(bytes[0]!) || !isKeyName(found[1]!)) {
    return fault('E_KEY_FORMAT', `${what} looks like name+a1b2c3d4+base64, for Ed25519.`);
  }
  return { name: found[1]!, id: found[2]!, kind: bytes[0]!, bytes: bytes.slice(1) };
}

const PKCS8 = Uint8Array.of(0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20);
const source = (bytes: Uint8Array) => bytes as Uint8Array<ArrayBuffer>;

/** A signing key from its 32-byte seed; a fresh one when no seed is given. */
export async function signingKey(name: string, seed: Uint8Array = crypto.getRandomValues(new Uint8Array(32)), kind: number = ED25519): Promise<SigningKey> {
  if (!isKeyName(name)) fault('E_KEY_FORMAT', `«${name}» cannot be the name of a key: no spaces, no plus.`);
  const secret = await crypto.subtle.importKey('pkcs8', source(concat([PKCS8, seed])), 'Ed25519', true, ['sign']);
  const { x } = await crypto.subtle.exportKey('jwk', secret);
  const publicKey = fromBase64(`${x!.replaceAll('-', '+').replaceAll('_', '/')}=`)!;
  return {
    verifier: verifierOf(name, kind, publicKey), seed,
    sign: async (message) => new Uint8Array(await crypto.subtle.sign('Ed25519', secret, source(message))),
  };
}

export async function signatureHolds(key: VerifierKey, message: Uint8Array, signature: Uint8Array): Promise<boolean> {
  if (signature.length !== 64) return false;
  const imported = await crypto.subtle.importKey('raw', source(key.publicKey), 'Ed25519', false, ['verify']);
  return crypto.subtle.verify('Ed25519', imported, source(signature), source(message));
}

export const sameKey = (a: VerifierKey, b: VerifierKey): boolean => a.name === b.name && a.kind === b.kind && equal(a.publicKey, b.publicKey);
