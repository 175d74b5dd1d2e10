import * as v from 'valibot';
import { refuse } from '#kernel/refusal.ts';

/**
 * Nothing unparsed goes further. Refuses `invalid` with one code a field; issue messages in schemas are codes
 * («required», «too-long»), and the page turns `field` + code into a sentence.
 */
export function parse<S extends v.GenericSchema>(schema: S, raw: unknown): v.InferOutput<S> {
  const result = v.safeParse(schema, raw);
  if (result.success) return result.output;
  const fields: Record<string, string> = {};
  for (const issue of result.issues) {
    const path = v.getDotPath(issue) ?? 'form';
    fields[path] ??= /^[a-z][a-z0-9-]*$/.test(issue.message) ? issue.message : 'invalid';
  }
  return refuse({ because: 'invalid', fields });
}
