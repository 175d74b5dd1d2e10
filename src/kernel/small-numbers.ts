// Few people are known by name: counts of what people are, have or need are not published while they are small.

/** The count, or null when it is unknown or fewer than `below`. What people did in public, a support or a voice, is counted exactly. */
export const shownCount = (count: number | null, below: number): number | null => (count !== null && count >= below ? count : null);
