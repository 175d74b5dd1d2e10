import { decodeCursor } from '#kernel/page.ts';
import { parseReference } from '#kernel/reference-number.ts';
import { refuse } from '#kernel/refusal.ts';
import { commentLines } from '../../comments/server/index.ts';
import type { Ctx } from '../../context.ts';
import type { CommentsQuery } from '../input.ts';
import type { ApiPage } from '../moment.ts';
import type { ApiComment } from '../views.ts';

type Asked = { origin: string; kind: 'entry' | 'commitment'; number: string; query: CommentsQuery };

/** One page of what is said about a public thing, in the order in which it came; conversations are found by `parent`. */
export async function commentsPage(ctx: Ctx, { origin, kind, number, query }: Asked): Promise<ApiPage<ApiComment>> {
  if (!parseReference(number, ctx.profile.prefix)) refuse({ because: 'not-found', what: kind });
  if (query.after && decodeCursor(query.after, ['count']) === null) refuse({ because: 'invalid', fields: { after: 'invalid' } });
  const list = await commentLines(ctx, { kind, number, after: query.after, limit: Number(query.limit) });
  return {
    items: list.items.map((it) => ({
      id: it.id, parent: it.parent, state: it.state, text: it.text, language: it.language, at: it.at.toISOString().slice(0, 10), changed: it.changed,
      official: it.official && { role: it.official.role, body: it.official.body }, rule: it.rule, reason: it.reason, source: it.source, url: `${origin}/comments/${it.id}`,
    })),
    next: list.next,
  };
}
