import { expect, test } from 'vitest';
import { words } from '#platform/i18n/words.ts';
import { verdictOfLines, verdictOfReceipt } from './verdict.ts';

const w = words('en');
const asked = { number: 'HLB-1001-05', index: null, count: 5, waiting: 0, wrongCount: 0, wrong: null, lines: [] };

test.for([
  [asked, 'ok', /^Yes: all 5 published steps/], [{ ...asked, waiting: 2 }, 'ok', /^Yes: all 3 .*2 steps are waiting/], [{ ...asked, waiting: 5 }, 'warn', /^5 steps are waiting/],
  [{ ...asked, wrongCount: 2, wrong: 'E_LEAF_HASH', waiting: 1 }, 'error', /^No: 2 steps are not what was published.*stored here/], [{ ...asked, count: 0 }, 'warn', /not published yet/],
  [{ ...asked, number: null, index: 7, count: 1 }, 'ok', /^Yes: line 7/], [{ ...asked, number: null, index: 7, count: 0 }, 'warn', /not published yet/],
  [{ ...asked, number: null, index: 7, count: 1, waiting: 1 }, 'warn', /not published yet/], [{ ...asked, number: null, index: 7, count: 1, wrongCount: 1, wrong: 'E_TILE_HASH' }, 'error', /do not match each other/],
] as const)('%o', ([it, tone, sentence]) => {
  const verdict = verdictOfLines(w, { ...it, lines: [] });
  expect([verdict.tone, `${verdict.words} ${verdict.more ?? ''}`]).toEqual([tone, expect.stringMatching(sentence)]);
});

test.for([['not-published', 'warn', /not published yet/], ['unreadable', 'warn', /not a whole receipt/], ['E_NOTE_SIG', 'error', /changed after it was signed/], ['E_INCLUSION', 'error', /does not prove/], ['E_CONSISTENCY', 'error', /^Warning/], ['E_ROOT', 'error', /cannot tell/]] as const)('a receipt: %s', ([why, tone, sentence]) => {
  expect(verdictOfReceipt(w, { holds: false, why })).toEqual({ tone, words: expect.stringMatching(sentence) });
});

test('a receipt that holds', () => expect(verdictOfReceipt(w, { holds: true, index: 3 })).toEqual({ tone: 'ok', words: expect.stringContaining('Line 3 stands') }));
