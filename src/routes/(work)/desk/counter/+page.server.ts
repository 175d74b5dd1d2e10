import { redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { form, type Fields } from '#platform/web/form.ts';
import { parse } from '#platform/web/parse.ts';
import { ReturnSchema, SitSchema, WaitingSchema } from '#features/desk/input.ts';
import { arrivedEntry, counterOf, openWaiting, returnNumbers, sitDown, supportForVisitor, takeCorrected, takeEntry, takeWaiting } from '#features/desk/server/index.ts';
import { OnceSchema } from '#features/intake/input.ts';
import { similarEntries } from '#features/intake/server/index.ts';
import { allSectors } from '#features/places/server/index.ts';
import { clerksOnly } from '../../staff.ts';
import { blockFor } from './block.ts';
import { holdTyped, readVisitor } from '../visitor.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  clerksOnly(locals, url);
  const counter = await locals.ask(counterOf, undefined);
  const once = v.safeParse(OnceSchema, url.searchParams.get('arrived') ?? '');
  return {
    arrived: once.success && counter.body !== null ? await locals.ask(arrivedEntry, once.output) : null,
    counter, moving: counter.body === null || url.searchParams.has('move'), once: crypto.randomUUID(), number: (url.searchParams.get('number') ?? '').slice(0, 20),
    sectors: (await locals.ask(allSectors, undefined)).filter((it) => it.parent === null),
  };
};

export const actions: Actions = {
  sit: form(async ({ locals }, { values }) => {
    await locals.act(sitDown, parse(SitSchema, values));
    redirect(303, locals.words.href('/desk/counter'));
  }),
  /** What says the same is shown once before it is sent: supporting it serves the visitor sooner than a second entry. */
  take: form(async ({ locals }, fields) => {
    const visitor = await readVisitor(locals, fields);
    const asked = visitor.kind !== 'complaint' && fields.values.seen !== 'yes';
    const similar = asked ? await locals.ask(similarEntries, { text: `${visitor.title} ${visitor.text.slice(0, 300)}`, place: visitor.place, limit: 3 }) : [];
    if (similar.length > 0) return { ...typed(fields), similar };
    // What waited on a device has its number and key on paper already.
    if (fields.values.sealed) {
      await locals.act(takeCorrected, { visitor, waiting: parse(WaitingSchema, fields.values) });
      redirect(303, `${locals.words.href('/desk/counter')}?arrived=${visitor.once}`);
    }
    await locals.act(takeEntry, visitor);
    redirect(303, `${locals.words.href('/desk/counter/receipt')}?once=${visitor.once}`);
  }),
  support: form(async ({ locals }, fields) => {
    const { values } = fields;
    const contact = await holdTyped(locals, fields);
    const language = values.language === 'en' || values.language === 'ku' ? values.language : 'ar';
    const number = (values.support || values.number || '').slice(0, 64);
    const told = await locals.act(supportForVisitor, { number, contact, held: contact === '' ? (values.held ?? '') : '', papersSeen: values.papersSeen === 'yes', consent: values.consent === 'yes', language });
    return { supported: { number, ...told } };
  }),

  // The three below are asked by the device itself; each says what came of it in one text.
  reserve: form(async ({ locals }) => told(await blockFor(locals))),
  giveBack: form(async ({ locals }, { values }) => told(await locals.act(returnNumbers, parse(ReturnSchema, { block: values.block, numbers: (values.numbers ?? '').split(' ').filter(Boolean) })))),
  send: form(async ({ locals }, { values }) => told(await locals.act(takeWaiting, parse(WaitingSchema, values)))),
  /** What was not accepted, for the clerk to correct. A contact that can be understood is shown with its last digits only. */
  open: form(async ({ locals }, { values }) => {
    const waiting = parse(WaitingSchema, values);
    const said = await locals.ask(openWaiting, waiting);
    const text = Object.fromEntries(Object.entries(said).filter((it): it is [string, string] => typeof it[1] === 'string'));
    const fields: Fields = { values: { ...text, once: waiting.once, block: waiting.block, number: waiting.number, takenAt: waiting.takenAt, sealed: waiting.sealed, seen: 'yes' }, lists: Array.isArray(said.sectors) ? { sectors: said.sectors } : {}, files: {} };
    const contact = await holdTyped(locals, fields);
    if (contact !== '') fields.values.contact = contact;
    return typed(fields);
  }),
};

const told = (value: unknown) => ({ told: JSON.stringify(value) });

const typed = ({ values, lists }: Fields) => ({ values, lists, fields: {} as Record<string, string>, refusal: null });
