import { redirect } from '@sveltejs/kit';
import { form } from '#platform/web/form.ts';
import { parse } from '#platform/web/parse.ts';
import { refuse } from '#kernel/refusal.ts';
import { parseId } from '#kernel/ids.ts';
import { ChangeSchema, CommentsPageSchema, ObjectSchema, OwnSchema, ReportSchema } from '#features/comments/input.ts';
import { changeComment, commentPage, objectToRemoval, reportComment, withdrawComment } from '#features/comments/server/index.ts';
import type { Actions, PageServerLoad } from './$types';

const DONE = ['said', 'changed', 'withdrawn', 'objected', 'reported'] as const;

export const load: PageServerLoad = async ({ params, locals, url, setHeaders }) => {
  const key = (url.searchParams.get('key') ?? '').slice(0, 60);
  if (key) setHeaders({ 'cache-control': 'private, no-store' });
  const { after } = parse(CommentsPageSchema, Object.fromEntries(url.searchParams));
  return { page: await locals.ask(commentPage, { id: idOf(params.id), key, after }), id: params.id, after, done: DONE.find((it) => url.searchParams.has(it)) ?? null, sent: [...url.searchParams.keys()].find((it) => it.startsWith('/'))?.slice(1) ?? null };
};

const idOf = (text: string): string => parseId(text) ?? refuse({ because: 'not-found', what: 'comment' });
const back = (locals: App.Locals, id: string, done: (typeof DONE)[number], key: string): never => redirect(303, locals.words.href(`/comments/${id}?${done}${key ? `&key=${encodeURIComponent(key)}` : ''}`));

export const actions: Actions = {
  change: form(async ({ locals, params }, { values }) => {
    const input = parse(ChangeSchema, values);
    await locals.act(changeComment, { id: idOf(params.id!), ...input });
    back(locals, params.id!, 'changed', input.key);
  }),
  withdraw: form(async ({ locals, params }, { values }) => {
    const input = parse(OwnSchema, values);
    await locals.act(withdrawComment, { id: idOf(params.id!), ...input });
    back(locals, params.id!, 'withdrawn', input.key);
  }),
  object: form(async ({ locals, params }, { values }) => {
    const input = parse(ObjectSchema, values);
    await locals.act(objectToRemoval, { id: idOf(params.id!), ...input });
    back(locals, params.id!, 'objected', input.key);
  }),
  report: form(async ({ locals, params }, { values }) => {
    await locals.act(reportComment, { id: idOf(params.id!), ...parse(ReportSchema, values) });
    back(locals, params.id!, 'reported', '');
  }),
};
