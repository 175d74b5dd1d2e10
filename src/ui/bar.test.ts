import { expect, test } from 'vitest';
import { laidOut } from './bar.ts';

test('parts follow each other and end at the whole', () => {
  const places = laidOut([
    { value: 1, label: 'a', tone: 'main' },
    { value: 1, label: 'b', tone: 'late' },
    { value: 1, label: 'c', tone: 'rest' },
  ]).map(({ from, to }) => [from, to]);
  expect(places).toEqual([[0, 33.33], [33.33, 66.67], [66.67, 100]]);
});

test('a bar of nothing has no length and no error', () => {
  expect(laidOut([{ value: 0, label: 'a', tone: 'main' }])).toMatchObject([{ from: 0, to: 0 }]);
});
