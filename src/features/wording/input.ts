/** One sentence as it comes from a form. Braces are read further in; control characters and the like are gone here already. */
import * as v from 'valibot';
import { plainText } from '#kernel/text-limits.ts';
import { LANGS, type Lang } from '#platform/i18n/languages.ts';
import { LONGEST } from './model.ts';

const Version = v.pipe(v.string('reload'), v.regex(/^\d{1,6}$/, 'reload'), v.transform(Number));

/** Left empty, the place says again what the program brings. */
export const WordingSchema = v.object({ text: v.optional(plainText({ min: 0, max: LONGEST }), ''), seen: Version });
export const EarlierSchema = v.object({ version: Version, seen: Version });
/** Which sentence in which language an address names. */
export const PlaceSchema = v.object({ key: v.pipe(v.string('invalid'), v.regex(/^[A-Za-z0-9._-]{1,80}$/, 'invalid')), language: v.picklist(LANGS as [Lang, ...Lang[]], 'invalid') });
/** What somebody looks for among all sentences. */
export const FindSchema = v.fallback(plainText({ min: 0, max: 100 }), '');
