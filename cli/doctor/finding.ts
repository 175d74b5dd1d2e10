/** One thing that was looked at, in one sentence; `stops`: what lies behind it cannot be looked at. */
export type Finding = { is: 'ok' | 'better' | 'wrong'; about: string; says: string; stops?: true };

export const fine = (about: string, says: string): Finding => ({ is: 'ok', about, says });
export const couldBeBetter = (about: string, says: string): Finding => ({ is: 'better', about, says });
export const fails = (about: string, says: string): Finding => ({ is: 'wrong', about, says });
export const stops = (about: string, says: string): Finding => ({ is: 'wrong', about, says, stops: true });

/** The first few of a list, and how many more there are. */
export const few = (all: readonly string[], most = 3): string => `${all.slice(0, most).map((it) => `«${it.trim()}»`).join(', ')}${all.length > most ? ` and ${all.length - most} more` : ''}`;
