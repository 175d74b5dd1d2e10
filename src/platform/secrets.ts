/**
 * One random secret per installation, made on the first start and kept in the data folder, readable by its owner alone.
 * Everything else (role passwords, keyed hashes, encryption of second factors) is derived from it by name.
 */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export type Secrets = {
  /** A password or key for one purpose, as hexadecimal text. */
  derive(purpose: string): string;
  /** A keyed hash that cannot be reversed by trying phone numbers, 32 bytes. */
  keyedHash(purpose: string, value: string): Buffer;
  seal(purpose: string, plain: string): Buffer;
  /** Throws when the bytes were changed or belong to another purpose. */
  unseal(purpose: string, sealed: Buffer): string;
};

export function openSecrets(dataFolder: string, env: NodeJS.ProcessEnv = process.env): Secrets {
  return secretsFrom(env.ABWAB_SECRET ? fromEnvironment(env.ABWAB_SECRET) : fromFile(join(dataFolder, 'secret')));
}

export function secretsFrom(root: Buffer): Secrets {
  // Purposes are few and written in the code; each request asks for one of them.
  const keys = new Map<string, Buffer>();
  const key = (purpose: string) => {
    let known = keys.get(purpose);
    if (!known) keys.set(purpose, (known = Buffer.from(hkdfSync('sha256', root, 'abwab', purpose, 32))));
    return known;
  };
  return {
    derive: (purpose) => key(purpose).toString('hex'),
    keyedHash: (purpose, value) => createHmac('sha256', key(purpose)).update(value).digest(),
    seal(purpose, plain) {
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key(purpose), iv);
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), body]);
    },
    unseal(purpose, sealed) {
      const decipher = createDecipheriv('aes-256-gcm', key(purpose), sealed.subarray(0, 12));
      decipher.setAuthTag(sealed.subarray(12, 28));
      return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()]).toString('utf8');
    },
  };
}

function fromEnvironment(text: string): Buffer {
  if (!/^[0-9a-f]{64,}$/i.test(text)) throw new Error('ABWAB_SECRET must be at least 64 hexadecimal digits (openssl rand -hex 32).');
  return Buffer.from(text, 'hex');
}

function fromFile(path: string): Buffer {
  if (!existsSync(path)) {
    mkdirSync(join(path, '..'), { recursive: true });
    // Exclusive creation: of two starts at once, one makes the secret and the other reads it.
    try {
      writeFileSync(path, randomBytes(32).toString('hex'), { mode: 0o600, flag: 'wx' });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
  return fromEnvironment(readFileSync(path, 'utf8').trim());
}
