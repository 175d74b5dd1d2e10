/** Which digits lead to a person. Sources: numbering plan of Syria (E.164 country 963) as libphonenumber holds it; civil register, eleven digits. */

const MOBILE = String.raw`9(?:22|[3-589]\d|6[02-9])\d{6}`;
const LANDLINE = String.raw`(?:1(?:1\d|4\d|[2356])|2(?:1\d|[235])|3(?:1\d|4)|4[13]|5[1-3])\d{6}`;

const AT_HOME = new RegExp(`^0(?:${MOBILE}|${LANDLINE})$`);
const MOBILE_AT_HOME = new RegExp(`^0${MOBILE}$`);
const WITH_COUNTRY = new RegExp(`^(?:00)?963(?:0?${MOBILE}|0?${LANDLINE})$`);
const MOBILE_ALONE = new RegExp(`^${MOBILE}$`);
const ABROAD = /^00[1-9]\d{8,13}$/;
const AFTER_PLUS = /^[1-9]\d{8,14}$/;

export const isHome = (digits: string): boolean => AT_HOME.test(digits);
export const isMobile = (digits: string): boolean => MOBILE_AT_HOME.test(digits) || WITH_COUNTRY.test(digits);
export const isSyrianAbroad = (digits: string): boolean => WITH_COUNTRY.test(digits);
/** Without its zero: only where a word says that it is a phone, or nothing cuts it. */
export const isMobileAlone = (digits: string): boolean => MOBILE_ALONE.test(digits);
export const isAbroad = (digits: string, plus: boolean): boolean => (plus ? AFTER_PLUS.test(digits) : ABROAD.test(digits));
/** The first two digits name one of fourteen governorates; an amount of money ends in zeros. */
export const isNational = (digits: string): boolean => /^(?:0[1-9]|1[0-4])\d{9}$/.test(digits) && !/0{5}$/.test(digits);

export const PHONE_WORD = /(?:رقم\p{L}{0,3}|هاتف\p{L}{0,3}|موبايل\p{L}{0,3}|جوال\p{L}{0,3}|واتس\p{L}{0,4}|اتصل\p{L}{0,3}|تواصل\p{L}{0,3}|كلمني|phone|mobile|call|whats ?app|tel|telefon\p{L}{0,3}|hejmar\p{L}{0,3})[\s:.،]*(?:\p{L}{1,8}[\s:.،]*){0,2}$/u;
export const IDENTITY_WORD = /(?:وطني\p{L}{0,3}|هوي\p{L}{1,4}|national (?:number|id)|id(?: number| card)?|nasname\p{L}{0,3})[\s:.،]*(?:\p{L}{1,8}[\s:.،]*){0,2}$/u;
/** What follows an amount. */
export const UNIT = /^[\s.]{0,2}(?:ليره|ليرات|ل\.?\s?س|الف|الاف|مليون|ملايين|مليار|تريليون|دولار|يورو|سنت|متر|كم|كغ|طن|لتر|نسمه|شخص|%|٪|\$|€|syp|usd|eur|lira|dollar|euro|million|billion|pounds?|thousand|hezar|milyon|milyar|m²|m2|km|kg)/;
export const UNIT_BEFORE = /(?:\$|€|syp|usd|eur)[\s]{0,2}$/;

/** Digits by their names, one by one, as people dictate them. */
export const DIGIT_WORDS: Readonly<Record<string, string>> = {
  صفر: '0', زيرو: '0', واحد: '1', وحده: '1', اثنان: '2', اثنين: '2', اتنين: '2', تنين: '2', ثلاثه: '3', ثلاث: '3', تلاته: '3', تلات: '3', اربعه: '4', اربع: '4',
  خمسه: '5', خمس: '5', سته: '6', ست: '6', سبعه: '7', سبع: '7', ثمانيه: '8', ثماني: '8', تمانيه: '8', تماني: '8', تسعه: '9', تسع: '9',
  zero: '0', one: '1', two: '2', three: '3', four: '4', five: '5', six: '6', seven: '7', eight: '8', nine: '9',
  sifir: '0', yek: '1', du: '2', sê: '3', çar: '4', pênc: '5', şeş: '6', heft: '7', heşt: '8', neh: '9',
};
