/** Why a log, a note, a proof or a receipt does not hold: a code for programs, a sentence for people. */
export const faults = [
  'E_NOTE_FORMAT', 'E_NOTE_SIG', 'E_NOTE_UNSIGNED', 'E_KEY_FORMAT', 'E_CHECKPOINT_FORMAT', 'E_CHECKPOINT_MISSING', 'E_ORIGIN',
  'E_TILE_MISSING', 'E_TILE_LEN', 'E_TILE_HASH', 'E_BUNDLE_MISSING', 'E_BUNDLE_FORMAT', 'E_LEAF_HASH', 'E_ROOT',
  'E_INCLUSION', 'E_SHRUNK', 'E_CONSISTENCY', 'E_SPLIT_VIEW', 'E_WITNESS_QUORUM', 'E_PROOF_FORMAT', 'E_POLICY_FORMAT',
] as const;
export type Fault = (typeof faults)[number];

export class LogError extends Error {
  readonly code: Fault;
  constructor(code: Fault, sentence: string) {
    super(sentence);
    this.name = 'LogError';
    this.code = code;
  }
}

export function fault(code: Fault, sentence: string): never {
  throw new LogError(code, sentence);
}

/** For sentences: "1 entry", "300 entries". */
export const entryCount = (count: number): string => `${count} ${count === 1 ? 'entry' : 'entries'}`;
