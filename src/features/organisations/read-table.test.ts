import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { keyOfHeading, keyOfTag } from './columns.ts';
import { HEADINGS } from './model.ts';
import { readOrganisations } from './read-row.ts';
import { readTable } from './read-table.ts';

const grid = (text: string): string[][] => parse(text, { relax_column_count: true, bom: true });
const read = (text: string) => {
  const table = readTable(grid(text));
  if ('refused' in table) throw new Error(table.refused);
  return readOrganisations(table.rows);
};

test('every column is known by its key, its headings and its tag', () => {
  for (const { key, ar, en, hxl } of HEADINGS) expect([keyOfHeading(key), keyOfHeading(ar), keyOfHeading(en), keyOfHeading(` ${en.toUpperCase()}: `), keyOfTag(hxl), keyOfTag(hxl.replaceAll('+', ' + '))]).toEqual(Array.from({ length: 6 }, () => key));
});

test('an Arabic 3W with tags: organisations once each, with what they do where', () => {
  const { organisations, refused } = read(readFileSync('tests/data/hxl/3w-ar.csv', 'utf8'));
  expect(refused).toEqual([]);
  expect(organisations).toMatchObject([
    { names: { ar: 'جمعية أهلية' }, kind: 'association', sectors: ['مياه وإصحاح'], places: ['SY0200'], activities: [{ what: 'تأهيل شبكة', state: 'ongoing', places: ['SY0200'], starts: '2026-09-01', targeted: 500, reached: 120 }] },
    { names: { ar: 'منظمة ب' }, sectors: ['صحة'], activities: [{ state: 'planned', reached: 0 }] },
  ]);
});

test('a real 3W: spaces in tags, an untagged column, one organisation in many districts', () => {
  const { organisations, refused } = read(readFileSync('tests/data/hxl/hdx-3w-excerpt.csv', 'utf8'));
  expect(refused).toEqual([]);
  expect(organisations.length).toBeGreaterThan(2);
  expect(organisations[0]).toMatchObject({ names: { ar: '', en: 'ASCHIANA: Afghansitan\'s Children - a New Approach' }, kind: 'association', places: expect.arrayContaining(['AF0101', 'AF0104']) });
});

test.each([
  ['titles above the tags', 'دليل المنظمات,\nآخر تحديث,2026\nالاسم,القطاع\n#org+name,#sector\nجمعية النور,EDU\n'],
  ['no tags, Arabic headings', 'اسم المنظمة,المجال\nجمعية النور,EDU\n'],
  ['no tags, English headings, a title above', 'List of partners\nOrganisation name,Sector\nجمعية النور,EDU\n'],
  ['only tags', '#org +name,#sector +code\nجمعية النور,EDU\n'],
])('%s', (_, text) => {
  expect(read(text).organisations).toMatchObject([{ names: { ar: 'جمعية النور' }, sectors: ['EDU'] }]);
});

describe('rows that cannot be one organisation say why', () => {
  test.each([
    ['', 'name: missing'], ['x'.repeat(161), 'name: longer than 160 characters'],
  ])('%j', (name, reason) => expect(read(`name,sector,kind\n${name},EDU,local\n`).refused).toEqual([{ line: 2, reason }]));
  test('dates, numbers, public bodies', () => {
    const { organisations, refused } = read('name,kind,licence_until,staff,answer_days\nأ ب ج,local,31/02/2027,,\nد ه و,Government,,,\nز ح ط,local,٣١/١٢/٢٠٢٧,١٢,۳\nي ك ل,local,,many,\nم ن س,local,,,90\n');
    expect(organisations).toMatchObject([{ licence: { until: '2027-12-31' }, staff: 12, answerDays: 3 }]);
    expect(refused.map((it) => [it.line, it.reason.split(':')[0]])).toEqual([[2, 'licence_until'], [3, 'kind'], [5, 'staff, volunteers or answer_days'], [6, 'answer_days']]);
  });
});

describe('a list of people is refused whole', () => {
  const refusedAs = (text: string) => readTable(grid(text));
  test.each([
    ['identity numbers', 'الاسم,الرقم الوطني\nأحمد محمد,02010123456\n'], ['national id in English', 'Name,National ID\nx,1\n'], ['birth', 'الاسم,تاريخ الميلاد\nأحمد,1\n'], ['mother', 'name,sector,Mother name\nx,EDU,y\n'],
    ['beneficiaries by name', 'اسم المستفيد,القطاع\nأحمد محمد,EDU\n'], ['families', 'name,kind,رب الأسرة\nx,local,y\n'], ['a tag', 'a,b\n#org+name,#beneficiary\nx,y\n'], ['gender', 'name,gender,sector\nx,f,EDU\n'],
    ['first and last name', 'First name,Last name,place\na,b,c\n'], ['full name and phone', 'الاسم الثلاثي,رقم الموبايل\nأحمد,1\n'],
    ['numbers of identity under another heading', `name,sector,ملاحظة\n${Array.from({ length: 6 }, (_, at) => `جمعية ${at},EDU,0201012345${at}`).join('\n')}\n`],
    ['names beside mobiles', `name,مكان,x\n${['أحمد الحسن', 'سعاد الخطيب', 'محمد نور الدين'].map((it, at) => `${it},حلب,٠٩٤٤ ٥٥٥ ٧٧${at}`).join('\n')}\n`],
    ['dates of birth under another heading', `name,sector,ملاحظة\n${Array.from({ length: 4 }, (_, at) => `جمعية ${at},EDU,12/03/198${at}`).join('\n')}\n`],
    ['persons and their phones under headings of organisations', 'name,phone,sector\nرنا محمد العلي,0944555661,EDU\nسامر أحمد حسن,0944555662,EDU\nعبد الله خالد نجار,0944555663,HLT\n'],
    ['persons called associations', 'name,kind,phone\nمحمد علي,جمعية,0933111222\nFatima Hassan,جمعية,0933111223\nخالد عمر,جمعية,0933111224\n'],
    ['identity numbers in a sentence', 'Name,Sector,Notes\nرامي محمد العلي,EDU,هوية 02010045678\nلينا أحمد,EDU,هوية رقم 02010045679 حلب\n'],
    ['identity numbers in Arabic digits, spaced', 'Name,Sector,Notes\nx,EDU,٠٢٠١٠٠٤٥٦٧٨\ny,EDU,0201 004 5679\n'],
  ])('%s', (_, text) => expect(refusedAs(text)).toEqual({ refused: 'people' }));

  test.each([
    ['names that persons have too', 'name,sector,phone\nنور الحياة,EDU,0944555777\nأمل بلا حدود,HLT,0944555778\nيد العون,EDU,0944555779\n'], ['licences of eleven digits', 'name,sector,licence_number\nجمعية النور,EDU,02010045678\nجمعية الأمل,EDU,02010045679\n'],
    ['counts of people', 'name,sector,عدد المستفيدين\nجمعية,EDU,500\n'], ['a phone of each organisation', 'name,kind,phone\nجمعية النور,local,0944555777\nجمعية الأمل,local,0944555778\n'],
    ['licence numbers of eleven digits', 'name,kind,licence_number\nجمعية أ,local,01234567890\nجمعية ب,local,01234567891\nجمعية ت,local,01234567892\n'], ['a language', 'name,kind,Language\nجمعية,local,ar\n'],
  ])('%s is none', (_, text) => expect(refusedAs(text)).toHaveProperty('rows'));
});

test.each([['nothing of it is a heading', 'a,b\n1,2\n', 'no-headings'], ['no names', 'sector,kind\nEDU,local\n', 'no-name'], ['empty', '', 'no-headings']])('%s', (_, text, refused) => {
  expect(readTable(grid(text))).toEqual({ refused });
});

test('whatever a table holds, it is read or refused', () => {
  fc.assert(fc.property(fc.array(fc.array(fc.oneof(fc.string({ unit: 'binary', maxLength: 30 }), fc.constantFrom('#org+name', '#org', 'name', 'الاسم', '#', '#adm1+code', '')), { maxLength: 6 }), { maxLength: 8 }), (cells) => {
    const table = readTable(cells);
    if ('rows' in table) expect(readOrganisations(table.rows)).toHaveProperty('organisations');
  }), { numRuns: 300 });
});
