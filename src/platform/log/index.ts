/** One JSON line an event, on standard error. Codes and numbers only: no names, contacts, texts or addresses. */

/** What happened, and all that may be said of it; whoever needs another field adds it here, where it is seen. */
export const FIELDS = ['route', 'method', 'code', 'task', 'beat', 'fault', 'entry', 'freeMegabytes'] as const;
type Fields = Partial<Record<(typeof FIELDS)[number], string | number | boolean | null>>;

export function logEvent(event: string, fields: Fields = {}): void {
  process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), level: 'info', event, ...fields })}\n`);
}

const MOST_FRAMES = 6;

/** Of an error its kind and the places in our code; its message may quote what somebody typed and stays out, however many lines it has. */
export function logError(event: string, fields: Fields, error: unknown): void {
  const known = error instanceof Error ? error : null;
  const code = (error as { code?: unknown } | null)?.code;
  const line = { at: new Date().toISOString(), level: 'error', event, ...fields, error: wordOf(known?.name ?? typeof error), errorCode: wordOf(code), frames: known ? framesOf(known) : [] };
  process.stderr.write(`${JSON.stringify(line)}\n`);
}

const wordOf = (it: unknown): string | null => (typeof it === 'string' && /^\w{1,40}$/.test(it) ? it : null);

/** Behind the message, which the stack begins with: a line of it that looks like a place is none. */
function framesOf({ stack = '', message }: Error): string[] {
  const from = message === '' ? 0 : stack.indexOf(message);
  if (from < 0) return [];
  return stack.slice(from + message.length).split('\n').filter((line) => /^\s+at \S.*(:\d+:\d+\)?|<anonymous>\)?)$/.test(line)).slice(0, MOST_FRAMES).map((line) => line.trim());
}
