import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import * as v from 'valibot';
import { form, requireOnce, type Fields } from '#platform/web/form.ts';
import { parse } from '#platform/web/parse.ts';
import { attachmentsOf, stageFile } from '#features/attachments/server/index.ts';
import { ContactSchema, DetailsSchema, KindSchema, WhatSchema, WhereSchema } from '#features/intake/input.ts';
import type { EntryKind } from '#features/intake/model.ts';
import { draftProblems, keepDraft, openDraft, readContact, readDraft, sendDraft, similarEntries } from '#features/intake/server/index.ts';
import { allSectors, placeNames } from '#features/places/server/index.ts';
import { nextStep, STEPS, type Step } from '#features/intake/steps.ts';
import { choosePlace } from '../../../choose-place.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, url, locals, setHeaders }) => {
  const kind = kindOf(params.kind);
  const token = url.searchParams.get('d');
  // What somebody is writing stays in no cache of a device that others use.
  if (token !== null || kind === 'complaint') setHeaders({ 'cache-control': 'private, no-store' });
  const draft = token ? await locals.ask(readDraft, token) : null;
  const step = draft ? stepOf(url.searchParams.get('step')) : 'what';
  const data = { place: url.searchParams.get('place') ?? '', ...draft?.data };
  const text = (name: string) => (typeof data[name as 'place'] === 'string' ? (data[name as 'place'] as string) : '');
  const sectors = step === 'details' || step === 'check' ? await locals.ask(allSectors, undefined) : [];
  const place = text('place');
  return {
    kind, step, token: draft ? token : null, lost: token !== null && !draft, data, from: url.searchParams.get('from') === 'check' ? 'check' : '', once: crypto.randomUUID(),
    sectors: sectors.filter((it) => it.parent === null),
    placeName: place ? ((await locals.ask(placeNames, [place])).get(place as never) ?? null) : null,
    files: draft && (step === 'details' || step === 'check') ? (await locals.ask(attachmentsOf, { ownerIds: [draft.id], publicOnly: false })).length : 0,
    similar: kind !== 'complaint' && (step === 'details' || step === 'check') ? await locals.ask(similarEntries, { text: `${text('title')} ${text('text')}`, place, limit: 3 }) : [],
    problems: step === 'check' && draft ? draftProblems(draft.data) : {},
  };
};

export const actions: Actions = {
  keep: form(async (event, fields) => {
    const kind = kindOf(event.params.kind!);
    // The address says which page of which draft this is: whatever is refused, the same page comes back.
    const asked = event.url.searchParams;
    const step = stepOf(asked.get('step'));
    const found = await readStep(event, step, fields);
    const token = asked.get('d') || (await event.locals.act(openDraft, { kind }));
    const draft = await event.locals.act(keepDraft, { token, data: found });
    for (const file of fields.files.files ?? []) {
      await event.locals.act(stageFile, { ownerKind: 'draft', ownerId: draft.id, bytes: Buffer.from(await file.arrayBuffer()) });
    }
    const next = asked.get('from') === 'check' ? 'check' : nextStep(step);
    redirect(303, `${event.locals.words.href(`/new/${kind}`)}?d=${token}&step=${next}`);
  }),

  send: form(async (event, fields) => {
    const kind = kindOf(event.params.kind!);
    const once = requireOnce(fields.values);
    await event.locals.act(sendDraft, { token: event.url.searchParams.get('d') ?? '', once, language: event.locals.lang });
    redirect(303, `${event.locals.words.href(`/new/${kind}/sent`)}?once=${once}`);
  }),
};

function kindOf(text: string): EntryKind {
  const parsed = v.safeParse(KindSchema, text);
  return parsed.success ? parsed.output : error(404, 'not-found');
}

function stepOf(text: string | null): Step {
  return STEPS.find((step) => step === text) ?? 'what';
}

/** What one page holds, checked; kept as it was typed, so that the same words come back when it is opened again. */
async function readStep(event: RequestEvent, step: Step, { values, lists }: Fields): Promise<Record<string, string | string[]>> {
  const kept = (...names: string[]) => Object.fromEntries(names.map((name) => [name, values[name] ?? '']));
  switch (step) {
    case 'what':
      parse(WhatSchema, values);
      return kept('title', 'text', ...(values.place ? ['place'] : []));
    case 'where': {
      const place = await choosePlace(event.locals, values);
      parse(WhereSchema, { ...values, place });
      return { ...kept('placeWords', 'point', 'placeQuery'), place };
    }
    case 'details':
      parse(DetailsSchema, { ...values, sectors: lists.sectors ?? [] });
      return { ...kept('served', 'servedCount'), sectors: lists.sectors ?? [] };
    case 'contact':
      readContact(parse(ContactSchema, values).contact);
      return kept('contact', 'name', 'named');
    case 'check':
      return {};
  }
}
