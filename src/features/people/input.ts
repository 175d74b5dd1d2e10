/** What may come in. Codes, not sentences. */
import * as v from 'valibot';
import { idSchema } from '#kernel/ids.ts';
import { plainText } from '#kernel/text-limits.ts';
import { GRANTED_ROLES, needsBody } from './model.ts';

export const ContactSchema = v.object({ contact: plainText({ min: 1, max: 254 }) });

/** Six digits are judged by the rules; here only that something short was typed. */
export const CodeSchema = v.object({ code: plainText({ min: 1, max: 40 }) });

export const GiveCodeSchema = v.object({
  contact: plainText({ min: 1, max: 254 }),
  papersSeen: v.optional(v.pipe(v.string(), v.transform((value) => value === 'yes')), ''),
});

const Body = v.pipe(v.optional(v.string(), ''), v.transform((text) => (text === '' ? null : text)), v.nullable(idSchema<'body'>()));
const role = { role: v.picklist(GRANTED_ROLES, 'required'), body: Body };

export const InviteSchema = v.pipe(
  v.object({ name: plainText({ min: 2, max: 120 }), ...role }),
  v.forward(v.check((it) => !needsBody(it.role) || it.body !== null, 'required'), ['body']),
  v.forward(v.check((it) => needsBody(it.role) || it.body === null, 'not-for-role'), ['body']),
);

export const GrantSchema = v.pipe(
  v.object({ person: idSchema<'person'>(), ...role }),
  v.forward(v.check((it) => !needsBody(it.role) || it.body !== null, 'required'), ['body']),
  v.forward(v.check((it) => needsBody(it.role) || it.body === null, 'not-for-role'), ['body']),
);

export const PersonSchema = v.object({ person: idSchema<'person'>() });
export const EndAccountSchema = v.object({ person: idSchema<'person'>(), sure: v.literal('yes', 'required') });
export const GrantIdSchema = v.object({ grant: idSchema<'grant'>() });
export const SessionSchema = v.object({ session: idSchema<'session'>() });
export const PasskeySchema = v.object({ passkey: idSchema<'passkey'>() });
export const LanguageSchema = v.object({ language: v.picklist(['ar', 'en', 'ku'], 'required') });
