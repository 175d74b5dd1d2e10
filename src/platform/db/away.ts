/** Nothing is written for now, which is no fault of whoever wants to write. */
export class Paused extends Error {
  override name = 'Paused';
  readonly why: 'full';
  constructor(why: 'full') { super('There is too little room on the disk of the data folder: nothing is written until there is more.'); this.why = why; }
}

/** Whether the database could not be reached or did not come to an end in time, as opposed to having refused what was asked. */
const CODES = new Set([
  'ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'EAI_AGAIN', 'ENOTFOUND',
  // It ends, starts, has no connection left; it gave up a statement, or the wait for what another holds; its disk or memory is full.
  '57P01', '57P02', '57P03', '53300', '57014', '55P03', '25P03', '53100', '53200',
]);
const WORDS = /^(Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client (has encountered a connection error|was closed) and is not queryable)/;

export function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return CODES.has((error as { code?: string }).code ?? '') || WORDS.test(error.message);
}
