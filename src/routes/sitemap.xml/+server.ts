import * as v from 'valibot';
import { CommitmentListSchema } from '#features/commitments/input.ts';
import { listCommitments } from '#features/commitments/server/index.ts';
import { BodyListSchema } from '#features/directory/input.ts';
import { listBodies } from '#features/directory/server/index.ts';
import { ListSchema } from '#features/intake/input.ts';
import { listEntries } from '#features/intake/server/index.ts';
import { OrganisationListSchema } from '#features/organisations/input.ts';
import { listOrganisations } from '#features/organisations/server/index.ts';
import { addressIn, LANGS } from '#platform/i18n/languages.ts';
import { FOOTER, MENU } from '../rooms.ts';
import type { RequestHandler } from './$types';

/** Newest first: older ones are found through lists and places. */
const MOST_PAGES = 20;

export const GET: RequestHandler = async ({ locals }) => {
  const paths = new Set(['/', ...[...MENU, ...FOOTER.flatMap((group) => group.rooms)].map((room) => room.path).filter((path) => !path.includes('#'))]);
  for (const number of await pages(async (after) => locals.ask(listEntries, { ...v.parse(ListSchema, {}), after, limit: 100 }))) paths.add(`/n/${number}`);
  for (const number of await pages(async (after) => locals.ask(listCommitments, { ...v.parse(CommitmentListSchema, {}), after }))) paths.add(`/commitments/${number}`);
  for (const number of await pages(async (after) => locals.ask(listOrganisations, { ...v.parse(OrganisationListSchema, {}), after, limit: 100 }))) paths.add(`/orgs/${number}`);
  for (const { code } of await locals.ask(listBodies, v.parse(BodyListSchema, {}))) paths.add(`/bodies/${code}`);
  const body = [...paths].flatMap((path) => LANGS.map((lang) => `<url><loc>${locals.origin}${addressIn(lang, path)}</loc></url>`)).join('\n');
  return new Response(`<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${body}\n</urlset>\n`,
    { headers: { 'content-type': 'application/xml; charset=utf-8', 'cache-control': 'public, max-age=3600' } });
};

type Numbered = { items: { number: string }[]; next: string | null };

async function pages(read: (after: string) => Promise<Numbered>): Promise<string[]> {
  const found: string[] = [];
  let after: string | null = '';
  for (let page = 0; page < MOST_PAGES && after !== null; page++) {
    const list: Numbered = await read(after);
    found.push(...list.items.map((it) => it.number));
    after = list.next;
  }
  return found;
}
