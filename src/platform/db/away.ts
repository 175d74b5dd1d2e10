/** Nothing is written for now, which is no fault of whoever wants to write. */
export class Paused extends Error {
  override name = 'Paused';
  readonly why: 'full';
  constructor(why: 'full') { super(why); this.why = why; }
}

/** Whether the database could not be reached, as opposed to having refused what was asked. */
const CODES = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', 'ETIMEDOUT', '57P01', '57P02', '57P03', '53300']);

export function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return CODES.has((error as { code?: string }).code ?? '') || /^(Connection terminated|timeout exceeded when trying to connect|Query read timeout)/.test(error.message);
}
