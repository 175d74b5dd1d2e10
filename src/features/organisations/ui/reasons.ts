/** The code of a sentence for a line that could not be read, in place of the words that the command line prints. */
const CODES: readonly (readonly [RegExp, string])[] = [
  [/^name: missing/, 'name'], [/^name: longer/, 'name-long'], [/^about: longer/, 'about-long'], [/^kind:/, 'public-body'], [/^licence_until:/, 'licence-date'], [/^answer_days:/, 'answer-days'],
  [/not a whole number/, 'number'], [/^start or end:/, 'date'], [/^end:/, 'order'],
];

export const reasonCode = (reason: string): string => CODES.find(([pattern]) => pattern.test(reason))?.[1] ?? 'other';
