/** A governorate as data: what differs between two installations without a line of code. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import type { Lexicon } from '#engines/text/index.ts';

const Names = v.object({ ar: v.string(), en: v.string(), ku: v.string() });
const Whole = v.pipe(v.number(), v.integer(), v.minValue(0));
const Way = v.optional(v.string(), '');
/** Ways to reach the people behind the site; what is empty is shown nowhere. */
const Contacts = v.looseObject({
  phone: Way, sms: Way, email: Way, telegram: Way, whatsapp: Way,
  offices: v.optional(v.array(v.object({ name: Names, address: Names, hours: v.optional(Names) })), []),
});

const ProfileSchema = v.looseObject({
  code: v.string(),
  prefix: v.pipe(v.string(), v.regex(/^[A-Z]{2,5}$/)),
  zone: v.string(),
  name: Names,
  governorateName: Names,
  /** the place that holds all others */
  root: v.string(),
  /** a sentence that stands on every page, for installations that are not what they seem */
  notice: v.nullable(Names),
  contacts: v.optional(Contacts, {}),
  /** what the licences of data ask to be said wherever the data is shown */
  credits: v.optional(v.array(v.object({ what: v.string(), text: Names })), []),
  clocks: v.object({ acknowledge: Whole, answer: Whole, extension: Whole }),
  confirmation: v.object({ supportersYes: Whole, disputes: Whole, days: Whole }),
  approvalDelayMinutes: Whole,
  suppressBelow: Whole,
});

export type Contacts = v.InferOutput<typeof Contacts>;
export type Profile = v.InferOutput<typeof ProfileSchema> & { folder: string; lexicon: Lexicon };

export function readProfile(home: string, code: string): Profile {
  const folder = join(home, 'profiles', code);
  const parsed = v.safeParse(ProfileSchema, JSON.parse(readFileSync(join(folder, 'profile.json'), 'utf8')));
  if (!parsed.success) throw new Error(`profiles/${code}/profile.json: ${v.getDotPath(parsed.issues[0])} ${parsed.issues[0].message}`);
  return { ...parsed.output, folder, lexicon: readLexicon(folder) };
}

/** Groups of words that mean the same in this governorate; a profile may have none. */
function readLexicon(folder: string): Lexicon {
  const path = join(folder, 'lexicon.json');
  return existsSync(path) ? v.parse(v.array(v.array(v.string())), JSON.parse(readFileSync(path, 'utf8'))) : [];
}
