// The only place that knows phone numbers of the world; everything else holds them in E.164.
import { parsePhoneNumberFromString, type CountryCode, type PhoneNumber as Parsed } from 'libphonenumber-js/max';
import { foldDigits } from '#kernel/digits.ts';
import type { PhoneNumber } from '#kernel/phone-number.ts';

/** `kind` decides what may be sent there: SMS only to `mobile` (and to `either`, where a country does not tell them apart). */
export type Phone = { number: PhoneNumber; kind: 'mobile' | 'landline' | 'either' | 'other' };

const HOME: CountryCode = 'SY';
const LONGEST_TYPED = 40;
const SHOWN_DIGITS = 2;
const KINDS: Partial<Record<NonNullable<ReturnType<Parsed['getType']>>, Phone['kind']>> = {
  MOBILE: 'mobile',
  FIXED_LINE: 'landline',
  FIXED_LINE_OR_MOBILE: 'either',
};

/**
 * The phone number that somebody typed, or null when it is none. National forms are Syrian (0944…, 021…); any country
 * is accepted with + or 00, because many residents live with foreign numbers. Digits in any of the three shapes.
 * An extension is refused: a message to the number would reach somebody else.
 */
export function parsePhone(text: string): Phone | null {
  if (text.length > LONGEST_TYPED) return null;
  const parsed = parsePhoneNumberFromString(foldDigits(text.normalize('NFKC')).trim(), { defaultCountry: HOME, extract: false });
  if (!parsed?.isValid() || parsed.ext) return null;
  const type = parsed.getType();
  return { number: parsed.number as string as PhoneNumber, kind: (type && KINDS[type]) ?? 'other' };
}

/** For showing to its owner which number is meant: country and last two digits, as +963 ••••••• 90. Latin, left to right. */
export function maskPhone(number: PhoneNumber): string {
  const parsed = parsePhoneNumberFromString(number);
  const national = parsed?.nationalNumber ?? number.replace(/\D/g, '');
  const country = parsed ? `+${parsed.countryCallingCode} ` : '';
  const hidden = '•'.repeat(Math.max(national.length - SHOWN_DIGITS, 0));
  return `${country}${hidden} ${national.slice(-SHOWN_DIGITS)}`;
}
