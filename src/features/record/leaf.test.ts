import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeLeaf, readLeaf, type LeafInput } from './leaf.ts';
import { publicMoment, SUBJECT_KINDS } from './model.ts';

const hash = fc.stringMatching(/^[0-9a-f]{64}$/);
const input: fc.Arbitrary<LeafInput> = fc.record({
  id: fc.uuid(), kind: fc.constantFrom('entry.published', 'people.two-persons-begin'), subject: fc.record({ kind: fc.constantFrom(...SUBJECT_KINDS), id: fc.uuid() }),
  role: fc.constantFrom('resident', 'officer', 'system'), body: fc.option(fc.constantFrom('water', 'city-council')), onBehalf: fc.boolean(),
  at: fc.date({ min: new Date('2024-01-01'), max: new Date('2090-01-01'), noInvalidDate: true }),
  detail: fc.dictionary(fc.constantFrom('number', 'from', 'late', 'sectors'), fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null), fc.array(fc.string())), { noNullPrototype: true }),
  previous: fc.option(hash), content: fc.option(hash),
});

test('a leaf is read back as it was made, its moment as it is public', () => {
  fc.assert(fc.property(input, (act) => {
    const leaf = makeLeaf(act);
    expect(readLeaf(leaf)).toEqual({ ...act, at: publicMoment(act.at, act.role), leaf });
    expect(makeLeaf(readLeaf(leaf)!)).toBe(leaf);
  }));
});

test('what is not exactly a leaf is none', () => {
  const leaf = makeLeaf({ id: '0199b2f0-0000-4000-8000-000000000000', kind: 'site.changed', subject: { kind: 'site', id: '0199b2f0-0000-4000-8000-000000000001' }, role: 'system', body: null, onBehalf: false, at: new Date(0), detail: {}, previous: null, content: null });
  const it = JSON.parse(leaf);
  expect(readLeaf(leaf)).not.toBeNull();
  for (const other of ['', 'null', '[]', `${leaf} `, leaf.replace(',', ', '), JSON.stringify({ ...it, name: 'x' }), JSON.stringify({ ...it, v: 2 }), JSON.stringify({ ...it, object: { kind: 'ghost', id: it.id } }), JSON.stringify({ ...it, by: { role: 'a b' } }), JSON.stringify({ ...it, content: 'text' })]) expect(readLeaf(other), other).toBeNull();
  fc.assert(fc.property(fc.string(), (text) => { expect(readLeaf(text)).toBeNull(); }));
});
