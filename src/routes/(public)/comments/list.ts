/** The page of comments of an entry or a commitment: one way for both. */
import { redirect } from '@sveltejs/kit';
import { parse } from '#platform/web/parse.ts';
import type { FormValues } from '#platform/web/form.ts';
import { CommentIdSchema, CommentsPageSchema, SaySchema } from '#features/comments/input.ts';
import type { SubjectKind } from '#features/comments/model.ts';
import { commentFormKey, commentPage, commentsOf, commentSubject, sayComment } from '#features/comments/server/index.ts';
import { Refused } from '#kernel/refusal.ts';

type Asked = { kind: SubjectKind; number: string };

export async function loadComments(locals: App.Locals, url: URL, asked: Asked) {
  const subject = await locals.ask(commentSubject, asked);
  if (subject.number !== asked.number) redirect(302, locals.words.href(`${subject.path}/comments`));
  const { after } = parse(CommentsPageSchema, Object.fromEntries(url.searchParams));
  return {
    subject, after, list: await locals.ask(commentsOf, { ...asked, after }), formKey: await locals.ask(commentFormKey, undefined),
    reply: await replyTo(locals, url.searchParams.get('reply') ?? ''), said: url.searchParams.has('said'),
  };
}

/** What is being answered, in its first words; a link to what is gone answers nothing. */
async function replyTo(locals: App.Locals, id: string): Promise<{ id: string; text: string } | null> {
  if (id === '') return null;
  try {
    const { comment } = await locals.ask(commentPage, { id: parse(CommentIdSchema, id), key: '', after: '' });
    return comment?.state === 'published' ? { id: comment.id, text: comment.text.length > 120 ? `${comment.text.slice(0, 120)}…` : comment.text } : null;
  } catch (failure) {
    if (failure instanceof Refused) return null;
    throw failure;
  }
}

/** What is public at once is shown in its place; what a moderator reads first has a page of its own for its author. */
export async function say(locals: App.Locals, asked: Asked, values: FormValues): Promise<never> {
  const said = await locals.act(sayComment, { ...asked, language: locals.lang, ...parse(SaySchema, values) });
  const { path } = await locals.ask(commentSubject, asked);
  redirect(303, locals.words.href(said.state === 'published' ? `${path}/comments?said#c-${said.id}` : `/comments/${said.id}?said${said.key ? `&key=${said.key}` : ''}`));
}
