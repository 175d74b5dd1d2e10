/** The last touch on a rendered page: what only the whole text can know, and what no reader needs. */
import { brotliCompress } from 'node:zlib';
import { brotli } from './cache.ts';

/** Kit leaves comments for a script that is not sent, and links to styles that stand in the page already. */
const COMMENTS = /<!--(?:\[[-!\d]*|\]|[a-z0-9]{4,9})?-->/g;
const UNUSED_STYLES = /<link [^>]*\bdisabled media="\(max-width: 0\)"[^>]*>\s*/g;
const MEASURE_EVERY = 100;

export type Finish = { lang: string; dir: string; attributes: string; /** used when the page has no description of its own */ description: string };

/** The page in pieces that follow one another; what stands in the body is the last. */
export function finishPage(html: string, it: Finish): [head: string, styles: string, body: string] {
  // Where the styles begin, the words of the head end.
  const body = Math.max(0, html.indexOf('<body'));
  const styles = Math.max(0, html.lastIndexOf('<style', body));
  const head = plain(html.slice(0, styles).replace(UNUSED_STYLES, ''));
  return [head.replace('%abwab.lang%', it.lang).replace('%abwab.dir%', it.dir).replace('%abwab.attributes%', () => it.attributes)
    .replace('%abwab.share%', () => shareTags(head, it.description)), plain(html.slice(styles, body).replace(UNUSED_STYLES, '')), plain(html.slice(body))];
}

/** The bytes of what follows one another: put together as text first, a page would be copied twice. */
export const bytesOf = (pieces: readonly string[]): Buffer => Buffer.concat(pieces.map((piece) => Buffer.from(piece)));

const plain = (html: string): string => (html.includes('<!--') ? html.replace(COMMENTS, '') : html);

/** What a message with a link shows of the page: its own title and description, already escaped in the page. Pages that are nobody's to share say nothing. */
function shareTags(html: string, fallback: string): string {
  if (!html.includes('property="og:url"')) return '';
  const title = /<title>([^<]*)<\/title>/.exec(html)?.[1] ?? '';
  const own = /<meta name="description" content="([^"]*)"/.exec(html)?.[1];
  const text = own ?? fallback.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
  const said = html.includes('property="og:title"') ? '' : `<meta property="og:title" content="${title.replaceAll('"', '&quot;')}"><meta property="og:description" content="${text}">`;
  return `${said}${own === undefined ? `<meta name="description" content="${text}">` : ''}`;
}

/**
 * How many kilobytes a page weighs on its way, at least one. Pages of one kind compress alike: the share is measured
 * with the compression that is really sent, and again after a hundred pages.
 */
export function scales(): (kind: string, page: readonly string[]) => Promise<number> {
  const shares = new Map<string, { share: number; left: number }>();
  return async (kind, page) => {
    const letters = page.reduce((sum, piece) => sum + piece.length, 0);
    let known = shares.get(kind);
    if (!known || known.left-- <= 0) shares.set(kind, (known = { share: (await compressedSize(bytesOf(page))) / letters, left: MEASURE_EVERY }));
    return Math.max(1, Math.round((letters * known.share) / 1024));
  };
}

const compressedSize = (page: Buffer): Promise<number> => new Promise((resolve, reject) => {
  brotliCompress(page, { params: brotli(page.length) }, (error, result) => (error ? reject(error) : resolve(result.length)));
});
