import * as v from 'valibot';
import { recordLines, recordStanding, witnesses } from '#features/record/server/index.ts';
import type { WitnessProblem } from '#features/record/model.ts';
import { publishedLog } from '#platform/web/log-files.ts';
import { shownLines } from '../../lines.ts';
import type { PageServerLoad } from './$types';

const AT_ONCE = 20;
/** What those who watch may say that makes the record doubtful; whoever is away or does not know the key says nothing about it. */
const CONTRADICTS: ReadonlySet<WitnessProblem> = new Set(['refuses', 'ahead']);
/** A bent address shows the newest page. */
const Before = v.fallback(v.nullable(v.pipe(v.string(), v.regex(/^[1-9]\d{0,14}$/), v.transform(Number))), null);

export const load: PageServerLoad = async ({ locals, url }) => {
  const before = v.parse(Before, url.searchParams.get('before'));
  const lines = await locals.ask(recordLines, { before, limit: AT_ONCE });
  const published = await publishedLog().catch(() => 'broken' as const);
  const record = published && published !== 'broken' ? { size: published.checkpoint.size, at: published.at, name: published.checkpoint.origin, vkey: published.vkey } : null;
  const watching = await locals.ask(witnesses, undefined);
  const [first, last] = [lines[0]?.index ?? null, lines.at(-1)?.index ?? null];
  return {
    record, broken: published === 'broken', standing: await locals.ask(recordStanding, undefined), witnesses: watching.filter((it) => it.problem === null).length, contradicted: watching.some((it) => it.problem !== null && CONTRADICTS.has(it.problem.kind)),
    lines: await shownLines(locals, lines, record?.size ?? 0),
    from: last, to: first, origin: locals.origin,
    older: last !== null && last > 0 ? last : null,
    newer: before === null ? null : before + AT_ONCE,
  };
};
