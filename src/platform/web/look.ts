/** How somebody wants to read: kept in one cookie that names no person, works without script. */
export type Look = {
  theme: 'auto' | 'light' | 'dark'; text: 'normal' | 'large' | 'larger'; contrast: 'normal' | 'more'; digits: 'arab' | 'latn';
  /** `on` saves data as the browser's own Save-Data does */
  saver: 'auto' | 'on';
};

export const LOOK_COOKIE = 'abwab_look';
export const PLAIN_LOOK: Look = { theme: 'auto', text: 'normal', contrast: 'normal', digits: 'arab', saver: 'auto' };
/** A year: a choice about reading is not made again every month. */
export const LOOK_SECONDS = 365 * 86_400;

export const LOOK_CHOICES: { [K in keyof Look]: readonly Look[K][] } = {
  theme: ['auto', 'light', 'dark'],
  text: ['normal', 'large', 'larger'],
  contrast: ['normal', 'more'],
  digits: ['arab', 'latn'],
  saver: ['auto', 'on'],
};

/** Anything that is not one of the choices counts as the plain one. */
export function readLook(cookie: string | undefined): Look {
  return chooseLook(Object.fromEntries(new URLSearchParams((cookie ?? '').slice(0, 200))));
}

/** The same from the fields of a form. */
export function chooseLook(given: Record<string, string | undefined>): Look {
  const pick = <K extends keyof Look>(key: K): Look[K] => LOOK_CHOICES[key].find((choice) => choice === given[key]) ?? PLAIN_LOOK[key];
  return { theme: pick('theme'), text: pick('text'), contrast: pick('contrast'), digits: pick('digits'), saver: pick('saver') };
}

export function writeLook(look: Look): string {
  return new URLSearchParams(look).toString();
}

/** The attributes of `<html>` that the styles read; `saveData` is what the browser asks for by itself. */
export function lookAttributes(look: Look, saveData = false): string {
  const chosen = (['theme', 'text', 'contrast', 'digits'] as const).filter((key) => look[key] !== PLAIN_LOOK[key]);
  return chosen.map((key) => ` data-${key}="${look[key]}"`).join('') + (saveData || look.saver === 'on' ? ' data-save' : '');
}
