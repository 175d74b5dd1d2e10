/** Answers with the preview picture of a page: drawn once, kept for a while, and not sent again to whoever has it. */
import { createHash } from 'node:crypto';
import type { Actor } from '#kernel/actor.ts';
import { drawPreview, type Preview } from '../files/preview.ts';
import { VERSION } from './version.ts';

export type { Preview } from '../files/preview.ts';

const KEPT = 200;
const MOST_WAITING = 40;
const drawn = new Map<string, Promise<Buffer>>();
let last: Promise<unknown> = Promise.resolve();
let waiting = 0;

/** Whoever is signed in may see more than others: what is drawn for them is kept by their own browser only. */
export async function answerPreview(request: Request, actor: Actor, card: Preview): Promise<Response> {
  const tag = createHash('sha256').update(JSON.stringify([VERSION, card])).digest('base64url').slice(0, 22);
  const headers = { etag: `"${tag}"`, 'cache-control': `${actor.kind === 'visitor' ? 'public' : 'private'}, max-age=600`, 'cross-origin-resource-policy': 'cross-origin' };
  if (request.headers.get('if-none-match') === headers.etag) return new Response(null, { status: 304, headers });
  const picture = await (drawn.get(tag) ?? draw(tag, card));
  if (!picture) return new Response(null, { status: 503, headers: { 'retry-after': '30' } });
  return new Response(new Uint8Array(picture), { headers: { ...headers, 'content-type': 'image/jpeg', 'content-length': String(picture.length) } });
}

/** One after the other, so that a crawler's hundred requests leave the threads to the pages; null when too many wait. */
function draw(tag: string, card: Preview): Promise<Buffer> | null {
  if (waiting >= MOST_WAITING) return null;
  waiting++;
  const picture = last.then(() => drawPreview(card)).finally(() => { waiting--; });
  last = picture.catch(() => undefined);
  picture.catch(() => drawn.delete(tag));
  drawn.set(tag, picture);
  for (const oldest of drawn.keys()) {
    if (drawn.size <= KEPT) break;
    drawn.delete(oldest);
  }
  return picture;
}
