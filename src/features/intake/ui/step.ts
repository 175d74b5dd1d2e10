/** What every page of the form is given: what was typed, and the sentence beside a field. */
export type StepValues = Record<string, string | string[]>;
export type StepProps = { values: StepValues; problem: (field: string) => string | undefined };

export function one(values: StepValues, name: string): string {
  const value = values[name];
  return typeof value === 'string' ? value : '';
}

export function many(values: StepValues, name: string): string[] {
  const value = values[name];
  return Array.isArray(value) ? value : value ? [value] : [];
}
