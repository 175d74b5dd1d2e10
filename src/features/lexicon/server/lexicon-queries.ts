import { sql, type AliasedRawBuilder, type Expression, type SqlBool } from 'kysely';
import { light, queryTerms, respelt, searchForms, skeleton, tokens, tsQuery, type Lexicon } from '#engines/text/index.ts';
import { allow } from '#kernel/refusal.ts';
import type { Profile } from '#platform/profile.ts';
import { fingerprint } from '../../places/server/index.ts';
import type { Ctx } from '../../context.ts';
import { mayKeepLexicon } from '../access.ts';

type Held = { version: number; stamp: string; lexicon: Lexicon };

// By profile: each installation of a process has its own.
const held = new WeakMap<Profile, Held>();
const NONE: Held = { version: 0, stamp: '', lexicon: [] };

/** Groups of words that mean the same. One small statement, unless they have changed since they were last read. */
export async function lexiconOf(ctx: Ctx): Promise<Lexicon> {
  return (await lexiconNow(ctx)).lexicon;
}

/** The version of the lexicon that a text has to be indexed with; 0 before it was loaded. */
export async function lexiconVersion(ctx: Ctx): Promise<number> {
  return (await lexiconNow(ctx)).version;
}

async function lexiconNow(ctx: Ctx): Promise<Held> {
  const state = await ctx.remember('lexicon', () => ctx.db.selectFrom('lexiconState').select(['version', 'stamp']).executeTakeFirst());
  if (!state) return NONE;
  const known = held.get(ctx.profile);
  if (known?.stamp === state.stamp) return known;
  const rows = await ctx.db.selectFrom('lexiconGroups').select('words').orderBy('id').execute();
  const read = { ...state, lexicon: rows.map((row) => row.words) };
  held.set(ctx.profile, read);
  return read;
}

/** To be read beside a search's count, so that no statement is needed to know that the lexicon still is what it was. */
export const stampOfLexicon = sql<string | null>`(select stamp from lexicon_state)`;

/** `work` reads the stamp with its own statement; only when the lexicon has changed since, it is done once more with the new one. */
export async function withLexicon<T extends { stamp: string | null }>(ctx: Ctx, work: (lexicon: Lexicon) => Promise<T>): Promise<{ result: T; lexicon: Lexicon }> {
  const known = held.get(ctx.profile);
  const first = known && (await work(known.lexicon));
  if (known && first?.stamp === known.stamp) return { result: first, lexicon: known.lexicon };
  const { lexicon } = await lexiconNow(ctx);
  return { result: await work(lexicon), lexicon };
}

/** Search columns of a text: the weighted vector of words over stems over skeletons, and its letters for what is misspelt. */
export type SearchColumns = { searchNorm: string; searchVector: ReturnType<typeof vector>; lexiconVersion: number };

/** What is stored beside every text that people search. */
export async function indexer(ctx: Ctx): Promise<(text: string) => SearchColumns> {
  const { version, lexicon } = await lexiconNow(ctx);
  return (text) => {
    const forms = searchForms(text.slice(0, LONGEST_TEXT), lexicon);
    return { searchNorm: forms.norm.slice(0, LONGEST_NORM), searchVector: vector(forms), lexiconVersion: version };
  };
}

const LONGEST_TEXT = 8_000;
const LONGEST_NORM = 4_000;

const vector = (forms: ReturnType<typeof searchForms>) =>
  sql<string>`setweight(to_tsvector('simple', ${forms.norm}), 'A') || setweight(to_tsvector('simple', ${forms.light}), 'B') || setweight(to_tsvector('simple', ${forms.skeleton}), 'C')`;

/** Fewer hits than this, and texts that look alike are shown too: the net under what is misspelt. */
export const FEW = 3;

/** Of so many, the newest, letters are compared one by one; of those that say what a misspelt word means, so many are taken. */
const COMPARED = 1_000;
const SAYING = 200;

/**
 * The ids of texts whose letters look like those of the query (how much they have to is a setting of the connection), and of those that say what a
 * misspelt word of it means, each with its likeness. `newest` gives id, search_norm and search_vector of the newest texts that may be shown and fulfil a condition.
 */
export function lookAlike(q: string, lexicon: Lexicon, newest: (where: Expression<SqlBool>, most: number) => Expression<unknown>): AliasedRawBuilder<{ id: string; likeness: number }, 'alike'> {
  const text = q.slice(0, 200);
  const wanted = tokens(text).join(' ');
  const near = sql`select n.id, word_similarity(${wanted}, n.search_norm) as likeness from ${newest(sql<SqlBool>`true`, COMPARED)} n where ${wanted} <% n.search_norm`;
  const meant = respelt(text, lexicon);
  const says = meant === null ? sql`` : sql` union all select n.id, ${sql.lit(SURE)}::float4 from ${newest(sql<SqlBool>`search_vector @@ ${tsQuery(queryTerms(meant, lexicon))}::tsquery`, SAYING)} n`;
  return sql<{ id: string; likeness: number }>`(select id, max(likeness) as likeness from (${near}${says}) likely group by id)`.as<'alike'>(sql.ref('alike'));
}

const SURE = 0.95;

export type Group = { id: string; words: string[]; seen: string };

/** All groups, those first that hold words of the search; and how the searched word is found. */
export async function lexiconPage(ctx: Ctx, input: { q: string }): Promise<{ groups: Group[]; total: number; word: WordForms | null }> {
  allow(mayKeepLexicon(ctx.actor), 'keep the lexicon');
  const rows = await ctx.db.selectFrom('lexiconGroups').select(['id', 'words']).execute();
  const wanted = tokens(input.q.slice(0, 100));
  const groups = rows.filter((row) => wanted.length === 0 || wanted.some((word) => row.words.some((own) => tokens(own).join(' ').includes(word))))
    .map((row) => ({ ...row, seen: fingerprint(row.words) })).sort((a, b) => a.words[0]!.localeCompare(b.words[0]!, 'ar'));
  return { groups, total: rows.length, word: wanted[0] === undefined ? null : formsOfWord(wanted[0], rows.map((row) => row.words)) };
}

export type WordForms = { norm: string; light: string; skeleton: string; standsFor: string[] };

function formsOfWord(word: string, lexicon: Lexicon): WordForms {
  const stem = light(word);
  const standsFor = searchForms(word, lexicon).light.split(' ').slice(1);
  return { norm: word, light: stem, skeleton: skeleton(stem), standsFor };
}

export async function lexiconGroup(ctx: Ctx, id: string): Promise<Group | null> {
  allow(mayKeepLexicon(ctx.actor), 'keep the lexicon');
  const row = await ctx.db.selectFrom('lexiconGroups').select(['id', 'words']).where('id', '=', id).executeTakeFirst();
  return row ? { ...row, seen: fingerprint(row.words) } : null;
}
