/** The public list, on a real database, finds what people look for: texts and queries of the engine's own test set. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { HOME } from '#testing/cluster.ts';
import { world, type World } from '#testing/world.ts';
import { importEntries, listEntries } from '../../intake/server/index.ts';

type Doc = { id: string; title: string; body: string };
type Query = { query: string; relevant: string[]; neutral: string[] };

const read = <T>(set: string, name: string): T[] => readFileSync(join(HOME, 'src/engines/text/fixtures', set, name), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as T);
const TERMINAL = { actor: { kind: 'system', job: 'terminal' }, caller: null } as const;
const plain = await world({ profile: 'test' });
const aleppo = await world({ profile: 'aleppo' });
const unseen = await world({ profile: 'aleppo' });

async function measure(given: World, set = ''): Promise<{ recall: number; mrr: number; silent: number }> {
  const entries = read<Doc>(set, 'docs.jsonl').map((doc) => ({ externalId: doc.id, kind: 'need' as const, title: doc.title, text: doc.body, place: '', sectors: [], submittedAt: null, language: 'ar', point: null, closed: false }));
  await given.as(TERMINAL).act(importEntries, { source: 'recall', publish: true, entries });
  const queries = read<Query>(set, 'queries.jsonl');
  const sum = { recall: 0, mrr: 0, silent: 0 };
  for (const { query, relevant, neutral } of queries) {
    const { items } = await given.ask(listEntries, { q: query, limit: 20, kind: null, state: null, sector: '', place: '', body: '', since: null, sort: 'newest', after: '' });
    const top = items.map((it) => it.externalId!).filter((id) => !neutral.includes(id)).slice(0, 10);
    const first = top.findIndex((id) => relevant.includes(id));
    sum.recall += top.filter((id) => relevant.includes(id)).length / Math.min(10, relevant.length);
    sum.mrr += first < 0 ? 0 : 1 / (first + 1);
    sum.silent += items.length === 0 ? 1 : 0;
  }
  return { recall: sum.recall / queries.length, mrr: sum.mrr / queries.length, silent: sum.silent };
}

test('without a lexicon recall@10 ≥ .86 and MRR@10 ≥ .93; no query stays without an answer', async () => {
  const found = await measure(plain);
  console.info(found);
  expect(found.recall).toBeGreaterThanOrEqual(0.86);
  expect(found.mrr).toBeGreaterThanOrEqual(0.93);
  expect(found.silent).toBe(0);
});

test('with the words of the first profile more is found', async () => {
  const found = await measure(aleppo);
  console.info(found);
  expect(found.recall).toBeGreaterThanOrEqual(0.95);
  expect(found.mrr).toBeGreaterThanOrEqual(0.93);
});

test('on texts and queries that nobody who wrote recipe or lexicon has seen: recall@10 ≥ .88, MRR@10 ≥ .92', async () => {
  const found = await measure(unseen, 'held-out');
  console.info(found);
  expect(found.recall).toBeGreaterThanOrEqual(0.88);
  expect(found.mrr).toBeGreaterThanOrEqual(0.92);
});
