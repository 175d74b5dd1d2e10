/** What offices did is told to the minute, as in the record. */
export const minute = (at: Date): string => new Date(Math.floor(at.getTime() / 60_000) * 60_000).toISOString();

/** One page of a list: `next` is the cursor of what follows. */
export type ApiPage<T> = { items: T[]; next: string | null; total?: { count: number; more: boolean } };
