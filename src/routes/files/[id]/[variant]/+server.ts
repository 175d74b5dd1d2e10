import * as v from 'valibot';
import { idSchema } from '#kernel/ids.ts';
import { VARIANTS } from '#features/attachments/model.ts';
import type { FileContent, FileOwner } from '#features/attachments/views.ts';
import { attachmentOwner, readAttachment } from '#features/attachments/server/index.ts';
import { mayReadCommitmentFiles } from '#features/commitments/server/index.ts';
import { mayReadEntryFiles } from '#features/intake/server/index.ts';
import { mayReadDocument } from '#features/organisations/server/index.ts';
import { parse } from '#platform/web/parse.ts';
import type { RequestHandler } from './$types';

const Address = v.object({ id: idSchema<'attachment'>(), variant: v.picklist(VARIANTS) });
const EXTENSION: Record<string, string> = {
  'image/webp': 'webp', 'application/pdf': 'pdf', 'audio/ogg': 'ogg', 'audio/mpeg': 'mp3', 'audio/aac': 'aac', 'audio/mp4': 'm4a', 'audio/webm': 'webm',
};

/** One file. Who may read a private one is known by the feature of its owner, which is asked first. */
export const GET: RequestHandler = async ({ locals, params, request }) => {
  const { id, variant } = parse(Address, params);
  const owner = await locals.ask(attachmentOwner, id);
  const concerned = owner !== null && !owner.public && (await isConcerned(locals, owner));
  const file = await locals.ask(readAttachment, { id, variant, concerned });
  const headers = headersOf(file);
  if (request.headers.get('if-none-match') === file.etag) return new Response(null, { status: 304, headers });
  return new Response(new Uint8Array(file.data), { headers: { ...headers, 'content-type': file.mediaType, 'content-length': String(file.data.length) } });
};

async function isConcerned(locals: App.Locals, owner: FileOwner): Promise<boolean> {
  switch (owner.kind) {
    case 'entry': return locals.ask(mayReadEntryFiles, owner.id);
    case 'commitment': case 'confirmation': return locals.ask(mayReadCommitmentFiles, { kind: owner.kind, id: owner.id });
    case 'document': return locals.ask(mayReadDocument, owner.id);
    case 'draft': case 'sheet': return false;
  }
}

/** Whatever a stranger sent runs nothing, frames nothing and is named by us. A file may be hidden again, so that a public copy is asked for anew after a day. */
function headersOf(file: FileContent): Record<string, string> {
  return {
    'content-disposition': `${file.media === 'pdf' ? 'attachment' : 'inline'}; filename="abwab.${EXTENSION[file.mediaType] ?? 'bin'}"`,
    'content-security-policy': "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; sandbox",
    'cross-origin-resource-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'cache-control': file.public ? 'public, max-age=86400, immutable' : 'private, no-store',
    etag: file.etag,
  };
}
