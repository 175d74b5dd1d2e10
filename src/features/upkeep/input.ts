import * as v from 'valibot';

/** A job's number in the queue: digits, as the page was given them. */
export const JobSchema = v.object({ id: v.pipe(v.string('invalid'), v.regex(/^\d{1,18}$/, 'invalid')) });
