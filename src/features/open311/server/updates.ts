import { parseReference } from '#kernel/reference-number.ts';
import { refuse } from '#kernel/refusal.ts';
import { limit } from '../../people/server/index.ts';
import { answersOf } from '../../answers/server/index.ts';
import { listRequests, replyByProgram } from '../../intake/server/index.ts';
import { publicActsBetween } from '../../record/server/index.ts';
import type { Ctx } from '../../context.ts';
import { readNewUpdate, readRequestsQuery } from '../input.ts';
import { MOST_REQUESTS } from '../model.ts';
import { cut, dayBegins, dayEnds, momentIn, readRange } from '../rules.ts';
import type { RequestUpdate } from '../views.ts';
import { useKey } from './keys.ts';
import type { Asked } from './requests.ts';
import { wordsFor } from './services.ts';
import { entriesOfKey } from './store.ts';

const ANSWERING = ['entry.answered', 'entry.delivery', 'entry.referred'];
const SETTLING = ['entry.confirmed', 'entry.closed'];

/** What happened to public requests, oldest first: the steps of the record, with the words of the answer. */
export async function updateList(ctx: Ctx, { params, lang }: Asked): Promise<RequestUpdate[]> {
  const { query, problems } = readRequestsQuery(params, ctx.profile.zone);
  const range = readRange(query.start, query.end, ctx.now, ctx.profile.zone);
  if (!query.numbers && !range && !problems.start_date && !problems.end_date) problems.start_date = 'range';
  if (Object.keys(problems).length > 0) refuse({ because: 'invalid', fields: problems });
  const numbers = query.numbers?.flatMap((it) => parseReference(it, ctx.profile.prefix) ?? []) ?? null;
  const some = numbers ? (await visible(ctx, { numbers })).map((it) => it.id) : null;
  const acts = await publicActsBetween(ctx, {
    kind: 'entry', subjects: some, limit: MOST_REQUESTS,
    from: numbers || !range ? new Date(0) : (query.start ?? dayBegins(range.since, ctx.profile.zone)), to: numbers || !range ? ctx.now : (query.end ?? dayEnds(range.until, ctx.profile.zone)),
  });
  const entries = new Map((await visible(ctx, { only: [...new Set(acts.map((it) => it.subject))] })).map((it) => [it.id, it]));
  const answers = await answersOf(ctx, { entryIds: [...entries.keys()], publicOnly: true });
  const w = wordsFor(ctx, lang);
  return acts.flatMap((act) => {
    const entry = entries.get(act.subject);
    if (!entry) return [];
    const answer = ANSWERING.includes(act.kind) ? answers.find((it) => it.entryId === act.subject && it.state === 'published') : undefined;
    const description = [w.tc('acts', act.kind), answer?.summary].filter(Boolean).join(': ');
    const over = SETTLING.includes(act.kind) || (act.kind === 'entry.answered' && entry.settled && entry.outcome === 'declined');
    return [{ update_id: act.id, service_request_id: entry.number, status: over ? ('closed' as const) : ('open' as const), updated_datetime: momentIn(act.at, ctx.profile.zone), description: cut(description, 4000), media_url: null }];
  });
}

const visible = (ctx: Ctx, which: { numbers: readonly string[] } | { only: readonly string[] }) =>
  listRequests(ctx, { numbers: null, since: null, until: null, settled: null, topics: null, own: [], limit: MOST_REQUESTS, skip: 0, ...which });

/** What the sender says in the program that handed the request in: an answer to the question put back, or something added. */
export async function sendUpdate(ctx: Ctx, { params }: Pick<Asked, 'params'>): Promise<{ update_id: string }> {
  const key = params.api_key ? await useKey(ctx, params.api_key) : null;
  const { update, problems } = readNewUpdate(params);
  if (!key) problems.api_key = params.api_key ? 'unknown' : 'required';
  if (Object.keys(problems).length > 0 || !key) return refuse({ because: 'invalid', fields: problems });
  await limit(ctx, { bucket: 'requests by key', key: key.id, max: key.perHour, perSeconds: 3600 });
  const number = parseReference(update.number, ctx.profile.prefix);
  const own = await entriesOfKey(ctx, key.id);
  const [row] = number ? await listRequests(ctx, { numbers: [number], since: null, until: null, settled: null, topics: null, own, limit: 1, skip: 0 }) : [];
  // What another program handed in is not this one's to speak for, and looks the same as what is not there.
  if (!row || !own.includes(row.id)) return refuse({ because: 'not-found', what: 'service_request_id' });
  return { update_id: (await replyByProgram(ctx, { id: row.id, text: update.description })).id };
}
