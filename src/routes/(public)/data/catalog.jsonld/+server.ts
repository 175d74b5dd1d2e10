import { endpoint, json, preflight } from '#platform/web/api.ts';
import { LANGS } from '#platform/i18n/languages.ts';
import { words, type Names, type Words } from '#platform/i18n/words.ts';
import { catalogOf } from '#features/open-data/catalog.ts';
import { SETS } from '#features/open-data/sets.ts';
import { siteSettings } from '#features/places/server/index.ts';
import type { RequestHandler } from './$types';
import { factsOf } from '../facts.ts';

/** Every sentence in the three languages. */
const inAll = (say: (w: Words) => string): Names => Object.fromEntries(LANGS.map((lang) => [lang, say(words(lang, 'latn'))])) as Names;

export const GET: RequestHandler = endpoint(async (event) => {
  const { locals } = event;
  const { runBy } = await locals.ask(siteSettings, undefined);
  const sets = await Promise.all(SETS.map(async (set) => ({ set, ...(await factsOf(locals, set)), title: inAll((w) => w.tc('open-data.set', set.name)), text: inAll((w) => w.tc('open-data.set', `${set.name}.text`)) })));
  return json(event, catalogOf({
    origin: locals.origin, title: inAll((w) => w.t('open-data.title')), text: inAll((w) => w.t('open-data.lead')), publisher: runBy ?? locals.profile.governorateName, mail: locals.profile.contacts.email,
    region: locals.profile.governorateName, licence: inAll((w) => w.t('open-data.rules.licence')), sets,
  }), { 'content-type': 'application/ld+json; charset=utf-8' });
});
export const OPTIONS: RequestHandler = () => preflight();
