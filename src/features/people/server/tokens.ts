import { createHash, randomBytes, randomInt } from 'node:crypto';
import type { Ctx } from '../../context.ts';
import { CODE } from '../rules.ts';

/** A secret of 256 bits for a cookie or an address. */
export const newToken = (): string => randomBytes(32).toString('base64url');

/** Tokens are random and long: a plain hash keeps them unusable for whoever reads the table. */
export const tokenHash = (token: string): Buffer => createHash('sha256').update(token).digest();

export const newCode = (): string => String(randomInt(10 ** CODE.digits)).padStart(CODE.digits, '0');

/** A code is short, so its hash has a key and is bound to its request. */
export const codeHash = (ctx: Ctx, id: string, code: string): Buffer => ctx.secrets.keyedHash('sign-in code', `${id}:${code}`);
