/** Entry bundles: up to 256 entries, each behind its length in two bytes. */
import { concat } from './bytes.ts';
import { entryCount, fault } from './error.ts';

export const LONGEST_ENTRY = 65_535;

export function bundleOf(entries: readonly Uint8Array[]): Uint8Array {
  return concat(entries.flatMap((entry) => {
    if (entry.length > LONGEST_ENTRY) throw new RangeError(`an entry of ${entry.length} bytes is longer than ${LONGEST_ENTRY}`);
    return [Uint8Array.of(entry.length >> 8, entry.length & 255), entry];
  }));
}

/** Exactly `count` entries and nothing behind them, or E_BUNDLE_FORMAT. */
export function entriesOf(bundle: Uint8Array, count: number, name: string): Uint8Array[] {
  const entries: Uint8Array[] = [];
  let at = 0;
  while (at < bundle.length) {
    const end = at + 2 + ((bundle[at]! << 8) | (bundle[at + 1] ?? 0));
    if (at + 2 > bundle.length || end > bundle.length) fault('E_BUNDLE_FORMAT', `${name} ends in the middle of an entry.`);
    entries.push(bundle.subarray(at + 2, end));
    at = end;
  }
  if (entries.length !== count) fault('E_BUNDLE_FORMAT', `${name} holds ${entryCount(entries.length)} instead of ${count}.`);
  return entries;
}
