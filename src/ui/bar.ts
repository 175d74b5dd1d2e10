/** A part of a bar: its value in any unit, its words, its amount as shown, and what it tells. */
export type BarPart = { value: number; label: string; amount?: string | undefined; tone: 'main' | 'late' | 'second' | 'third' | 'rest' | 'broken' };

const looks = { main: 'c1', late: 'c2', second: 'c3', third: 'c4', rest: 'c0', broken: 'c5' } as const;

const hundredth = (share: number) => Math.round(share * 10_000) / 100;

/** Where each part begins and ends, in percent of the whole; an empty whole has parts without length. */
export function laidOut(parts: readonly BarPart[]): { look: string; label: string; amount: string | undefined; from: number; to: number }[] {
  const whole = parts.reduce((sum, part) => sum + part.value, 0) || 1;
  let before = 0;
  return parts.map((part) => {
    const from = hundredth(before / whole);
    before += part.value;
    return { look: looks[part.tone], label: part.label, amount: part.amount, from, to: hundredth(before / whole) };
  });
}
