/**
 * A form with files, read while it arrives. A phone sends photos of any size in one piece with what was typed: what is
 * larger than may be taken is read past, not kept, and the words around it come through whole.
 */
export type Part = { name: string; file: boolean; type: string; bytes: Buffer };
export type Bounds = {
  /** bytes kept of a text and of a file; the rest of it is read past */
  text: number; file: number;
  /** files whose bytes are kept, and parts that are read at all */
  files: number; parts: number;
};

const HEAD_END = Buffer.from('\r\n\r\n');
const LONGEST_HEAD = 8_192;

/** The boundary of a multipart form, or null when the body is something else. */
export function boundaryOf(contentType: string | null): string | null {
  const match = /^multipart\/form-data\s*;.*?\bboundary=(?:"([^"]{1,70})"|([^\s;]{1,70}))/i.exec(contentType ?? '');
  return match ? (match[1] ?? match[2]!) : null;
}

/** A body that ends before its time gives the parts that were whole by then. */
export async function readMultipart(body: AsyncIterable<Uint8Array>, boundary: string, bounds: Bounds): Promise<Part[]> {
  const mark = Buffer.from(`\r\n--${boundary}`);
  const parts: Part[] = [];
  let open: Opened | null = null;
  let rest = Buffer.from('\r\n');
  let over = false;
  // Read to its end in any case: a body that is let go of takes the connection, and the answer, with it.
  for await (const chunk of body) {
    if (over) continue;
    rest = Buffer.concat([rest, chunk]);
    while (!over) {
      const at = rest.indexOf(mark);
      const head = at < 0 ? null : headAfter(rest, at + mark.length);
      // Without a whole mark and head more has to come; the last bytes may be a mark's beginning.
      if (!head) {
        const sure = at < 0 ? Math.max(0, rest.length - mark.length) : 0;
        if (open) take(open, rest.subarray(0, sure));
        rest = rest.subarray(sure);
        break;
      }
      if (open) parts.push(whole(open, rest.subarray(0, at)));
      over = head === 'end' || parts.length >= bounds.parts;
      open = head === 'end' ? null : begin(head.text, bounds, parts);
      rest = head === 'end' ? Buffer.alloc(0) : rest.subarray(head.end);
    }
  }
  return parts;
}

type Opened = { name: string; file: boolean; type: string; most: number; size: number; kept: Buffer[] };

/** What follows a boundary: the end, the head of the next part, or null while it is not whole yet. */
function headAfter(bytes: Buffer, from: number): 'end' | { text: string; end: number } | null {
  if (bytes.length < from + 2) return null;
  if (bytes.toString('latin1', from, from + 2) === '--') return 'end';
  const end = bytes.indexOf(HEAD_END, from);
  if (end < 0) return bytes.length - from > LONGEST_HEAD ? 'end' : null;
  return { text: bytes.toString('utf8', from, end), end: end + HEAD_END.length };
}

function begin(head: string, bounds: Bounds, before: readonly Part[]): Opened {
  const name = /\bname="([^"\r\n]*)"/i.exec(head)?.[1] ?? '';
  const file = /\bfilename(\*)?=/i.test(head);
  const most = !file ? bounds.text : before.filter((it) => it.file).length < bounds.files ? bounds.file : 0;
  return { name: unescaped(name), file, type: /^content-type:\s*([^\r\n;]+)/im.exec(head)?.[1]?.trim() ?? '', most, size: 0, kept: [] };
}

/** Browsers write quotes and line ends of a name as %22, %0D and %0A. */
const unescaped = (name: string): string => name.replace(/%(22|0D|0A)/gi, (code) => String.fromCharCode(Number.parseInt(code.slice(1), 16)));

function take(open: Opened, bytes: Buffer): void {
  const kept = bytes.subarray(0, Math.max(0, open.most - open.size));
  // Copied: what is kept must not hold on to all that arrived with it.
  if (kept.length > 0) open.kept.push(Buffer.from(kept));
  open.size += kept.length;
}

function whole(open: Opened, last: Buffer): Part {
  take(open, last);
  return { name: open.name, file: open.file, type: open.type, bytes: Buffer.concat(open.kept) };
}
