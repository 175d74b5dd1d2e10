/** Figures of areas as five tones, from few to many, with the words of the legend left to the page. */
export type MapTone = 0 | 1 | 2 | 3 | 4 | 5;
export type MapClass = { tone: MapTone; from: number; to: number };

const TONES = [1, 2, 3, 4, 5] as const;

/** At most five classes that hold something; small figures each get a tone of their own, larger ones grow by one factor. */
export function classesOf(counts: readonly number[]): MapClass[] {
  const most = Math.max(0, ...counts);
  if (most === 0) return [];
  const ends = most <= 5 ? TONES.filter((tone) => tone <= most) : TONES.map((tone) => Math.round(most ** (tone / 5)));
  const classes: MapClass[] = [];
  for (const end of ends) {
    const from = (classes.at(-1)?.to ?? 0) + 1;
    if (end >= from) classes.push({ tone: 1, from, to: end });
  }
  // Few classes are spread over the whole scale, so that the most is always the darkest.
  return classes.map((it, at) => ({ ...it, tone: (classes.length === 1 ? 3 : 1 + Math.round((at * 4) / (classes.length - 1))) as MapTone }));
}

export const toneOf = (classes: readonly MapClass[], count: number): MapTone => classes.find((it) => count >= it.from && count <= it.to)?.tone ?? 0;
