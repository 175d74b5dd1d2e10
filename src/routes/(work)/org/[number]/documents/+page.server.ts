import { refuse } from '#kernel/refusal.ts';
import { form } from '#platform/web/form.ts';
import { parse } from '#platform/web/parse.ts';
import { DocumentSchema, IdSchema, ShownSchema } from '#features/organisations/input.ts';
import { addDocument, removeDocument, showDocument } from '#features/organisations/server/index.ts';
import { back, inside } from '../../frame.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url, params }) => inside(locals, url, params.number);

export const actions: Actions = {
  add: form(async ({ locals, params }, { values, files }) => {
    const about = parse(DocumentSchema, values);
    const file = files.files?.[0] ?? refuse({ because: 'invalid', fields: { files: 'required' } });
    await locals.act(addDocument, { number: params.number!, ...about, bytes: Buffer.from(await file.arrayBuffer()) });
    back(locals, `/org/${params.number}/documents`, 'added');
  }),
  show: form(async ({ locals, params }, { values }) => { await locals.act(showDocument, { number: params.number!, ...parse(ShownSchema, values) }); back(locals, `/org/${params.number}/documents`, 'changed'); }),
  remove: form(async ({ locals, params }, { values }) => { await locals.act(removeDocument, { number: params.number!, ...parse(IdSchema, values) }); back(locals, `/org/${params.number}/documents`, 'removed'); }),
};
