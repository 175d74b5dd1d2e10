/**
 * Wraps form actions: a refusal becomes `fail(status, …)` with everything that was typed, so that the page shows a
 * sentence beside each field and nothing is lost.
 */
import { error as showError, fail, type RequestEvent } from '@sveltejs/kit';
import { Refused, refuse, type Refusal } from '#kernel/refusal.ts';
import { isAway, Paused } from '../db/away.ts';
import { logError } from '../log/index.ts';
import { boundaryOf, readMultipart } from './multipart.ts';

export type FormValues = Record<string, string>;
export type FormFailure = { values: FormValues; lists: Record<string, string[]>; fields: Record<string, string>; refusal: Refusal };

/** What a page's `form` says when an action refused; null before it was sent, and after it did its work. */
export function failureOf(form: object | null | undefined): FormFailure | null {
  return form && 'refusal' in form && form.refusal ? (form as FormFailure) : null;
}

export type Fields = {
  /** text fields, the last of equal names wins */
  values: FormValues;
  /** every value of each name, for boxes that may be ticked together */
  lists: Record<string, string[]>;
  files: Record<string, File[]>;
};

const MOST_FIELDS = 200;
const LONGEST_VALUE = 40_000;

export function form<E extends RequestEvent, T>(work: (event: E, fields: Fields) => Promise<T>) {
  return async (event: E) => {
    const fields: Fields = { values: {}, lists: {}, files: {} };
    try {
      await readFields(event.request, fields);
      // Who is signed in is not known now: nobody is told to sign in, and nobody's words are taken for a visitor's.
      if (event.locals.away) pause(event, fields, new Error('away'));
      return await work(event, fields);
    } catch (error) {
      if (isAway(error) || error instanceof Paused) pause(event, fields, error);
      if (!(error instanceof Refused)) throw error;
      if (error.refusal.because === 'too-many') event.setHeaders({ 'retry-after': String(error.refusal.retryAfterSeconds) });
      event.locals.typed = fields.lists;
      return fail(statusOf(error.refusal), {
        values: fields.values, lists: fields.lists, refusal: error.refusal,
        fields: error.refusal.because === 'invalid' ? error.refusal.fields : {},
      } satisfies FormFailure);
    }
  };
}

/** Nobody loses what they wrote because the house cannot take it now: the page that says so holds all of it, to be sent again. */
function pause(event: RequestEvent, fields: Fields, error: unknown): never {
  if (!(error instanceof Paused)) logError('database away', { route: event.route.id ?? 'none' }, error);
  const values = Object.fromEntries(Object.entries(fields.lists).filter(([name]) => !UNKEPT.test(name)));
  showError(503, { message: error instanceof Paused ? error.why : 'away', ...(Object.keys(values).length > 0 ? { typed: { values, signIn: null } } : {}) });
}

/** Codes that open something are typed anew. */
const UNKEPT = /^(code|recovery|response|key)$/;

/** One byte more than may be taken of a file: whoever looks at it sees that it is too large. */
const KEPT_OF_FILE = 8 * 1024 * 1024 + 1;
const KEPT_FILES = 8;

/** Fills `fields`; what could not be read at all (cut off, of another kind) is refused as `unreadable`. */
async function readFields(request: Request, fields: Fields): Promise<void> {
  const data = await sentFields(request).catch(() => refuse({ because: 'invalid', fields: { form: 'unreadable' } }));
  let count = 0;
  for (const [name, value] of data) {
    // The names of every object's own functions are the names of no field.
    if (++count > MOST_FIELDS || name.length > 80 || name in Object.prototype) continue;
    if (typeof value === 'string') {
      const text = value.replaceAll('\0', '');
      fields.values[name] = text.slice(0, LONGEST_VALUE);
      (fields.lists[name] ??= []).push(text.slice(0, LONGEST_VALUE));
    } else if (value.size > 0) {
      (fields.files[name] ??= []).push(value);
    }
  }
}

async function sentFields(request: Request): Promise<Iterable<[string, string | File]>> {
  const boundary = boundaryOf(request.headers.get('content-type'));
  if (!boundary || !request.body) return request.formData();
  const parts = await readMultipart(request.body, boundary, { text: 4 * LONGEST_VALUE, file: KEPT_OF_FILE, files: KEPT_FILES, parts: MOST_FIELDS });
  return parts.map(({ name, file, type, bytes }) => [name, file ? new File([new Uint8Array(bytes)], '', { type }) : bytes.toString('utf8')]);
}

export function statusOf(refusal: Refusal): number {
  switch (refusal.because) {
    case 'invalid': return 400;
    case 'not-found': return 404;
    case 'gone': return 410;
    case 'not-allowed': return 403;
    case 'wrong-state': case 'conflict': return 409;
    case 'too-many': return 429;
  }
}

/** Refuses a form that was sent without its hidden key against double sending. */
export function requireOnce(values: FormValues): string {
  const once = values.once ?? '';
  if (!/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(once)) refuse({ because: 'invalid', fields: { form: 'reload' } });
  return once;
}
