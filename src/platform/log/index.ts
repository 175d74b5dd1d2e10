/** One JSON line an event, on standard error. Codes and numbers only: no names, contacts, texts or addresses. */
type Fields = Record<string, string | number | boolean | null>;

export function logEvent(event: string, fields: Fields = {}): void {
  process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), level: 'info', event, ...fields })}\n`);
}

/** Of an error its kind and the places in our code; its message may quote what somebody typed and stays out. */
export function logError(event: string, fields: Fields, error: unknown): void {
  const known = error instanceof Error ? error : null;
  const code = (error as { code?: unknown } | null)?.code;
  const frames = (known?.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)).slice(0, 6).map((line) => line.trim());
  const line = { at: new Date().toISOString(), level: 'error', event, ...fields, error: known?.name ?? typeof error, errorCode: typeof code === 'string' ? code : null, frames };
  process.stderr.write(`${JSON.stringify(line)}\n`);
}
