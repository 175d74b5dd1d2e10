// Every way the domain says no; the edge turns each into a status and a sentence.
export type Refusal =
  | { because: 'invalid'; fields: Record<string, string> }
  | { because: 'not-found'; what: string }
  | { because: 'not-allowed'; to: string }
  | { because: 'wrong-state'; is: string; wanted: string }
  | { because: 'too-many'; retryAfterSeconds: number }
  | { because: 'conflict'; what: string }
  | { because: 'gone'; what: string };

/** Thrown, not returned, so that the transaction around it rolls back. */
export class Refused extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.because);
    this.name = 'Refused';
    this.refusal = refusal;
  }
}

/** Says no: the domain's only way out of a use case without a result. */
export function refuse(refusal: Refusal): never {
  throw new Refused(refusal);
}

/** Goes on when `ok`, refuses as not allowed otherwise. `to` names the deed in code words, never in a sentence for people. */
export function allow(ok: boolean, to: string): asserts ok {
  if (!ok) refuse({ because: 'not-allowed', to });
}
