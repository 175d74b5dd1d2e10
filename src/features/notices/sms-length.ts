/** How many parts an SMS has. GSM 03.38 counts septets, 160 in one part or 153 in each; anything else is UCS-2, 70 or 67. */
const BASIC = new Set('@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà');
const EXTENDED = new Set('\f^{}\\[~]|€');

export type SmsLength = { encoding: 'gsm' | 'ucs2'; units: number; parts: number; /** until the next part begins */ left: number };

export function smsLength(text: string): SmsLength {
  const signs = [...text];
  const gsm = signs.every((sign) => BASIC.has(sign) || EXTENDED.has(sign));
  // A sign of two units is never cut in two between parts.
  const sizes = signs.map((sign) => (gsm ? (EXTENDED.has(sign) ? 2 : 1) : sign.length));
  const units = sizes.reduce((sum, size) => sum + size, 0);
  const [single, joined] = gsm ? [160, 153] : [70, 67];
  if (units <= single) return { encoding: gsm ? 'gsm' : 'ucs2', units, parts: units === 0 ? 0 : 1, left: single - units };
  let parts = 1;
  let used = 0;
  for (const size of sizes) {
    if (used + size > joined) {
      parts += 1;
      used = 0;
    }
    used += size;
  }
  return { encoding: gsm ? 'gsm' : 'ucs2', units, parts, left: joined - used };
}
