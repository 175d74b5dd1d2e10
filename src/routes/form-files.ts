/** Photos of a form: they go into its act; where the form is refused they stay with it, so that nobody chooses them twice. */
import { Refused } from '#kernel/refusal.ts';
import { requireOnce, type Fields } from '#platform/web/form.ts';
import { stageFile } from '#features/attachments/server/index.ts';

export type FormFiles = { files: Buffer[]; draftId?: string };

/** The form's own key is where its photos wait; how many wait is told in its field `kept`. */
export async function withFiles<T>(locals: App.Locals, fields: Fields, field: string, work: (it: FormFiles) => Promise<T>): Promise<T> {
  const once = requireOnce(fields.values);
  const files = await Promise.all((fields.files[field] ?? []).map(async (file) => Buffer.from(await file.arrayBuffer())));
  try {
    return await work({ files, ...(Number(fields.values.kept) > 0 ? { draftId: once } : {}) });
  } catch (failure) {
    if (!(failure instanceof Refused)) throw failure;
    const kept = (Number(fields.values.kept) || 0) + (await keep(locals, once, files));
    if (kept > 0) fields.values.kept = String(kept);
    throw failure;
  }
}

/** A file that cannot be taken is said beside its field already; the others are kept. */
async function keep(locals: App.Locals, draftId: string, files: readonly Buffer[]): Promise<number> {
  let kept = 0;
  for (const bytes of files) {
    try {
      await locals.act(stageFile, { ownerKind: 'draft', ownerId: draftId, bytes });
      kept += 1;
    } catch (failure) {
      if (!(failure instanceof Refused)) throw failure;
    }
  }
  return kept;
}
