/** What a search shows: groups of results, each text cut where the words of the query stand. */
export type Marked = readonly { text: string; mark: boolean }[];

export const GROUPS = ['entries', 'commitments', 'bodies', 'organisations', 'places'] as const;
export type GroupName = (typeof GROUPS)[number];
