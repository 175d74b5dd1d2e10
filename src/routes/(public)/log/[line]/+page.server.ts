import * as v from 'valibot';
import { refuse } from '#kernel/refusal.ts';
import { parse } from '#platform/web/parse.ts';
import { receiptOf, witnessesOf } from '#platform/web/log-files.ts';
import { oneLine } from '../../../lines.ts';
import type { PageServerLoad } from './$types';

const Address = v.object({ line: v.pipe(v.string(), v.regex(/^(0|[1-9]\d{0,14})$/), v.transform(Number)) });

/** One line, to be kept: its receipt as a file, on paper, and as a square. */
export const load: PageServerLoad = async ({ locals, params }) => {
  const { line: index } = parse(Address, params);
  const asked = await oneLine(locals, index);
  const [line] = asked.lines;
  if (!line) return refuse({ because: 'not-found', what: 'line' });
  const receipt = await receiptOf(index).catch(() => null);
  return { index, asked, line, receipt, seenBy: receipt ? await witnessesOf(receipt) : 0, origin: locals.origin };
};
