import { redirect } from '@sveltejs/kit';
import { localDate } from '#kernel/working-days.ts';
import { form } from '#platform/web/form.ts';
import { parse } from '#platform/web/parse.ts';
import { dateFrom } from '#features/commitments/input.ts';
import { ReceivedSchema, SheetNumberSchema } from '#features/desk/input.ts';
import { counterOf, printedSheets, typeInSheet } from '#features/desk/server/index.ts';
import { allSectors } from '#features/places/server/index.ts';
import { withFiles } from '../../../form-files.ts';
import { clerksOnly } from '../../staff.ts';
import { readVisitor } from '../visitor.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  clerksOnly(locals, url);
  return {
    counter: await locals.ask(counterOf, undefined), printed: await locals.ask(printedSheets, undefined), once: crypto.randomUUID(),
    sectors: (await locals.ask(allSectors, undefined)).filter((it) => it.parent === null),
    // The code on the sheet leads here with its number.
    sheet: (url.searchParams.get('sheet') ?? '').slice(0, 30), done: (url.searchParams.get('done') ?? '').slice(0, 30),
    today: localDate(new Date(), locals.profile.zone),
  };
};

export const actions: Actions = {
  type: form(async ({ locals }, fields) => {
    const number = await withFiles(locals, fields, 'files', async (files) => {
      const visitor = await readVisitor(locals, fields);
      const { sheet } = parse(SheetNumberSchema, fields.values);
      const { received } = parse(ReceivedSchema, { received: dateFrom(fields.values, 'received') });
      return (await locals.act(typeInSheet, { visitor, sheet, received, ...files })).number;
    });
    redirect(303, `${locals.words.href('/desk/paper')}?done=${number}`);
  }),
};
