import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { queryTerms, searchForms, wordSimilarity, type Lexicon } from './index.ts';
import { formsOf } from './search.ts';

type Doc = { id: string; title: string; body: string };
type Query = { query: string; relevant: string[]; neutral: string[] };
type Indexed = { id: string; norm: string; places: Map<string, number[]> };

const WEIGHTS = { norm: 1, light: 0.4, skeleton: 0.2 };
const SERIES = 1.64493406685; // the limit of 1/1 + 1/4 + 1/9 …, by which PostgreSQL divides
const FEW = 3;
const ALIKE = 0.45;

const read = <T>(name: string): T[] =>
  readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as T);
const docs = read<Doc>('docs.jsonl');
const queries = read<Query>('queries.jsonl');

/** Like a weighted tsvector: the weights of every place at which a form stands, best first. */
function indexed(doc: Doc, lexicon: Lexicon): Indexed {
  const forms = searchForms(`${doc.title} ${doc.body}`, lexicon);
  const places = new Map<string, number[]>();
  for (const kind of ['norm', 'light', 'skeleton'] as const) {
    for (const form of forms[kind].split(' ')) places.set(form, [...(places.get(form) ?? []), WEIGHTS[kind]]);
  }
  return { id: doc.id, norm: forms.norm, places };
}

/** As ts_rank ranks a query of words joined by OR. */
function rank(doc: Indexed, forms: readonly string[]): number {
  return forms.reduce((total, form) => {
    const weights = doc.places.get(form);
    if (!weights) return total;
    const all = weights.reduce((sum, weight, at) => sum + weight / (at + 1) ** 2, 0);
    const best = Math.max(...weights);
    const bestAt = weights.indexOf(best);
    return total + (best + all - best / (bestAt + 1) ** 2) / SERIES;
  }, 0);
}

function search(query: string, index: readonly Indexed[], lexicon: Lexicon): string[] {
  const forms = [...new Set(queryTerms(query, lexicon).flatMap(formsOf))];
  const scored = (score: (doc: Indexed) => number, least: number) =>
    index.map((doc) => ({ id: doc.id, score: score(doc) })).filter((it) => it.score > least).toSorted((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1)).map((it) => it.id);
  const found = scored((doc) => rank(doc, forms), 0);
  if (found.length >= FEW) return found;
  const normalised = searchForms(query).norm;
  const alike = scored((doc) => wordSimilarity(normalised, doc.norm), ALIKE);
  return [...found, ...alike.filter((id) => !found.includes(id))];
}

function measure(lexicon: Lexicon): { recall: number; mrr: number } {
  const index = docs.map((doc) => indexed(doc, lexicon));
  let [recall, mrr] = [0, 0];
  for (const { query, relevant, neutral } of queries) {
    const top = search(query, index, lexicon).filter((id) => !neutral.includes(id)).slice(0, 10);
    recall += top.filter((id) => relevant.includes(id)).length / Math.min(10, relevant.length);
    const first = top.findIndex((id) => relevant.includes(id));
    mrr += first < 0 ? 0 : 1 / (first + 1);
  }
  return { recall: recall / queries.length, mrr: mrr / queries.length };
}

test('people find what they look for in the words they use: recall@10 ≥ .86, MRR@10 ≥ .93', () => {
  const { recall, mrr } = measure([]);
  console.info(`recall@10 ${recall.toFixed(3)}, MRR@10 ${mrr.toFixed(3)}`);
  expect(recall).toBeGreaterThanOrEqual(0.86);
  expect(mrr).toBeGreaterThanOrEqual(0.93);
});
