import sharp from 'sharp';
import { expect, test } from 'vitest';
import { drawPreview, type Preview } from './preview.ts';

const card: Preview = {
  dir: 'rtl', site: 'أبواب', of: 'محافظة حلب ومجتمعها', title: 'المياه لا تصل إلى حيّ السكّري منذ أسبوعين', number: 'HLB-4827-70', note: 'حاجة · السكّري',
  state: { tone: 'open', icon: 'M4.5 21V11a7.5 7.5 0 0 1 15 0v10', words: 'منشورة' },
};
const MOST = 150_000;

const part = (picture: Buffer, left: number, top: number, width: number, height: number) => sharp(picture).extract({ left, top, width, height }).greyscale().png().toBuffer();

/** How dark a part of the picture is at its darkest: 0 is ink, 255 is nothing but paper. */
async function darkest(picture: Buffer, left: number, top: number, width: number, height: number): Promise<number> {
  return (await sharp(await part(picture, left, top, width, height)).stats()).channels[0]!.min;
}

test.for([
  ['Arabic', card],
  ['English', { ...card, dir: 'ltr', site: 'Abwab', title: 'Street lights in Sheikh Maqsoud are out since October' }],
  ['only a title', { dir: 'ltr', site: 'Abwab', of: 'Aleppo', title: 'A door for every need' }],
  ['the longest title', { ...card, title: 'حاجةٌ كبيرةٌ '.repeat(40) }],
  ['one endless word', { ...card, title: 'ح'.repeat(400) }],
  ['signs that mean something to a drawer', { ...card, title: '<b>&amp; </span> \u0000 \u202e \ud800 "\'', note: ' ', site: '\n' }],
] as [string, Preview][])('%s: 1200×630, light enough for every messenger', async ([, it]) => {
  const picture = await drawPreview(it);
  expect(await sharp(picture).metadata()).toMatchObject({ format: 'jpeg', width: 1200, height: 630 });
  expect(picture.length).toBeLessThan(MOST);
});

test('Arabic begins on the right, English on the left, and the number stands on the other side', async () => {
  const right = await drawPreview({ ...card, title: 'حاجة' });
  expect(await darkest(right, 1000, 260, 130, 90)).toBeLessThan(80);
  expect(await darkest(right, 330, 260, 500, 90)).toBeGreaterThan(200);
  expect(await darkest(right, 72, 510, 250, 60)).toBeLessThan(80);
  const left = await drawPreview({ ...card, dir: 'ltr', title: 'Need' });
  expect(await darkest(left, 72, 260, 130, 90)).toBeLessThan(80);
  expect(await darkest(left, 330, 260, 500, 90)).toBeGreaterThan(200);
  expect(await darkest(left, 880, 510, 250, 60)).toBeLessThan(80);
});

test('however long a title is, it stays above the line of its number', async () => {
  const picture = await drawPreview({ ...card, title: 'نحتاج إلى إصلاح الخط الرئيسي (PVC 110 mm) قبل شتاء ٢٠٢٦ وإلى مضخّة ثانية وجدول معلن للضخّ يقرؤه كل بيت في الحيّ ويصل إلى الجميع', note: '' });
  expect(await darkest(picture, 360, 500, 760, 90)).toBeGreaterThan(200);
});

test('Arabic letters are joined: a word is narrower than its letters apart', async () => {
  const inked = async (title: string) => {
    const picture = await drawPreview({ ...card, title });
    const { info } = await sharp(await part(picture, 300, 262, 850, 230)).trim({ threshold: 40 }).toBuffer({ resolveWithObject: true });
    return info.width;
  };
  const word = 'ستنتظمين';
  expect(await inked(word)).toBeLessThan((await inked([...word].join('\u200c'))) * 0.9);
});
