import fc from 'fast-check';
import { expect, test } from 'vitest';
import { matchOrganisations, POINTS, type Candidate } from './match.ts';
import { partRecord, type Part } from './track.ts';
import { matrixOf } from './where.ts';

const NOTHING = partRecord([], 'UTC');
const one = (number: string, more: Partial<Candidate> = {}): Candidate => ({ number, kind: 'association', standing: 'listed', sectors: [], placePaths: [], skills: [], record: NOTHING, answerDays: null, ...more });
const PATH = ['TS', 'TS01', 'TS0101', 'TN01'];

test('every reason adds what stands in the table, and the best stands first', () => {
  const found = matchOrganisations({ sectors: ['EDU.5'], placePath: PATH, words: 'نحتاج من يعلّم الكبار القراءة' }, [
    one('A', { sectors: ['EDU'], placePaths: [PATH], skills: ['تعليم الكبار القراءة'], standing: 'verified', answerDays: 3 }), one('B', { sectors: ['EDU.1'], placePaths: [['TS']] }), one('C', { sectors: ['EDU.5'], placePaths: [['TS', 'TS02']] }),
    one('D', { sectors: ['HLT'], placePaths: [PATH] }), one('E', { sectors: ['EDU'], placePaths: [PATH], standing: 'suspended' }),
  ]);
  expect(found.map((it) => it.number)).toEqual(['A', 'B']);
  expect(found[0]!.reasons.map((it) => it.why)).toEqual(['sector', 'skill', 'place', 'verified', 'answers']);
  expect(found[0]!.points).toBe(POINTS.sector + POINTS.skill + POINTS.place + POINTS.verified + POINTS.answers);
  expect(found[1]!.reasons).toEqual([{ why: 'family', sector: 'EDU' }, { why: 'around', place: 'TS' }]);
});

test('points are the sum of the reasons, whatever is asked for and whoever is there', () => {
  const code = fc.constantFrom('EDU', 'EDU.1', 'HLT', 'CUL.2');
  const path = fc.constantFrom(['TS'], ['TS', 'TS01'], PATH, ['TS', 'TS02']);
  const candidate = fc.record({ standing: fc.constantFrom('verified' as const, 'listed' as const, 'expired' as const, 'suspended' as const), sectors: fc.array(code, { maxLength: 3 }), placePaths: fc.array(path, { maxLength: 3 }), skills: fc.array(fc.constantFrom('ترميم', 'تدريب المعلمين'), { maxLength: 2 }), answerDays: fc.option(fc.integer({ min: 1, max: 60 })) });
  fc.assert(fc.property(fc.array(candidate, { maxLength: 8 }), fc.array(code, { maxLength: 2 }), fc.oneof(path, fc.constant([])), fc.constantFrom('', 'ترميم بيت'), (all, sectors, placePath, words) => {
    const found = matchOrganisations({ sectors, placePath, words }, all.map((it, at) => one(`N${at}`, it)));
    for (const it of found) expect(it.points).toBe(it.reasons.reduce((sum, reason) => sum + POINTS[reason.why], 0));
    expect(found.map((it) => it.points)).toEqual(found.map((it) => it.points).toSorted((a, b) => b - a));
    expect(found.some((it) => all[Number(it.number.slice(1))]!.standing === 'suspended')).toBe(false);
  }));
});

test('a hidden number of people cannot be subtracted out of any total', () => {
  const presence = fc.record({ number: fc.constantFrom('A', 'B', 'C'), sector: fc.constantFrom('EDU', 'HLT'), area: fc.constantFrom('X', 'Y'), people: fc.option(fc.integer({ min: 0, max: 30 })) });
  fc.assert(fc.property(fc.array(presence, { maxLength: 12 }), (all) => {
    const it = matrixOf(all, { sectors: ['EDU', 'HLT'], areas: ['X', 'Y'] }, 10);
    for (const cell of [...Object.values(it.cells), ...Object.values(it.rows), ...Object.values(it.columns), it.all]) expect(cell.people === null || cell.people >= 10).toBe(true);
    for (const [sector, row] of Object.entries(it.rows)) if (row.people !== null) expect(Object.entries(it.cells).filter(([key]) => key.startsWith(sector)).every(([, cell]) => cell.people !== null)).toBe(true);
  }));
});

test('every promise falls into one figure', () => {
  const part = fc.record<Part>({ state: fc.constantFrom('open', 'done', 'confirmed', 'unconfirmed', 'disputed', 'broken'), late: fc.boolean(), firstDue: fc.constant('2026-10-01'), due: fc.constantFrom('2026-10-01', '2026-11-01'), doneAt: fc.constantFrom(null, new Date('2026-09-01'), new Date('2026-10-15'), new Date('2026-12-01')) });
  fc.assert(fc.property(fc.array(part), (parts) => {
    const it = partRecord(parts, 'UTC');
    expect(it.keptFirst + it.keptLater + it.keptLate + it.late + it.disputed + it.broken + it.open).toBe(it.total);
    expect(it.judged).toBe(it.total - it.open);
  }));
});
