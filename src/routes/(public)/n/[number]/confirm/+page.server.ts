import { Refused, refuse } from '#kernel/refusal.ts';
import { form, type FormValues } from '#platform/web/form.ts';
import { parse } from '#platform/web/parse.ts';
import { ConfirmSchema } from '#features/intake/input.ts';
import { confirmEntry, toConfirm, tryKey } from '#features/intake/server/index.ts';
import { withFiles } from '../../../../form-files.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, locals, url, request, setHeaders }) => {
  setHeaders({ 'cache-control': 'private, no-store' });
  const page = { number: params.number, signedIn: locals.actor.kind === 'person', chosen: (url.searchParams.get('c') ?? '').slice(0, 40), once: crypto.randomUUID() };
  // A form's key is in its body, which the action alone reads: what it opens comes from there.
  return { ...page, asking: request.method === 'POST' ? await openly(locals, params.number) : await locals.ask(toConfirm, { number: params.number }) };
};

export const actions: Actions = {
  /** Opens the page for the sender who came with the key, in the body of a form and never in the address. */
  open: form(async ({ locals, params }, { values }) => {
    await judgeKey(locals, params.number!, values, 'key');
    return { opened: await opened(locals, params.number!, values), chosen: values.commitment ?? '' };
  }),
  say: form(async ({ locals, params }, fields) => {
    const { values } = fields;
    await judgeKey(locals, params.number!, values, 'form');
    await withFiles(locals, fields, 'photo', async ({ files, draftId }) => {
      const said = parse(ConfirmSchema, values);
      await locals.act(confirmEntry, { number: params.number!, key: values.key ?? '', ...said, files: files.slice(0, 1), ...(draftId ? { draftId } : {}) });
    });
    return { opened: await opened(locals, params.number!, values), said: true };
  }),
};

/** Wrong keys are counted before anything is done with them, and said beside their field. */
async function judgeKey(locals: App.Locals, number: string, values: FormValues, field: string): Promise<void> {
  const key = values.key?.trim() ?? '';
  if (values.key !== undefined && key === '' && field === 'key') refuse({ because: 'invalid', fields: { key: 'required' } });
  if (key && !(await locals.act(tryKey, { number, key }))) refuse({ because: 'invalid', fields: { [field]: 'wrong-key' } });
}

async function opened(locals: App.Locals, number: string, values: FormValues) {
  return { key: values.key ?? '', asking: await locals.ask(toConfirm, { number, key: values.key ?? '' }) };
}

/** What anybody may see of it; null for what a key alone opens. */
async function openly(locals: App.Locals, number: string) {
  try {
    return await locals.ask(toConfirm, { number });
  } catch (failure) {
    if (failure instanceof Refused) return null;
    throw failure;
  }
}
