/** The four short pages of a new entry, and the page that shows them all before sending. */
export const STEPS = ['what', 'where', 'details', 'contact', 'check'] as const;
export type Step = (typeof STEPS)[number];

export const QUESTION_PAGES = STEPS.length - 1;

export function nextStep(step: Step): Step {
  return STEPS[Math.min(STEPS.indexOf(step) + 1, STEPS.length - 1)]!;
}

/** null before the first. */
export function stepBefore(step: Step): Step | null {
  return STEPS[STEPS.indexOf(step) - 1] ?? null;
}
