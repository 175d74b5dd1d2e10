/**
 * The picture that a message shows beside a link: 1200×630, drawn from words that the page itself shows to everybody.
 * Words are set by Pango, which sharp brings along: it shapes Arabic, keeps each text in its own direction and wraps by
 * measured width. Everything runs on sharp's threads, one picture at a time.
 */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import sharp from 'sharp';

export type PreviewTone = 'open' | 'ok' | 'warn' | 'late' | 'error' | 'info' | 'idle';

export type Preview = {
  dir: 'rtl' | 'ltr';
  /** name of the site, and whose it is */
  site: string;
  of: string;
  title: string;
  /** the state as a door: `icon` is a path on a 24-px grid */
  state?: { tone: PreviewTone; icon: string; words: string };
  /** shown left to right in every language */
  number?: string;
  /** a word or two under the title: kind and place */
  note?: string;
};

const WIDTH = 1200;
const HEIGHT = 630;
const MARGIN = 72;
const BAND = 32;
const DOOR = { width: 198, height: 231 };
const DOOR_TOP = 176;
const TEXT_WIDTH = WIDTH - 2 * MARGIN - DOOR.width - 56;
const TITLE_HEIGHT = 226;
/** Large where nothing stands above it. */
const TITLE_SIZES = { alone: [84, 64, 56, 48, 42], below: [64, 56, 48, 42] } as const;
const SMALLEST_TITLE = 42;
const LONGEST_TITLE = 240;

/** Day colours of src/ui/base.css, as ink on ground. */
const TONES: Record<PreviewTone, [ink: string, ground: string]> = {
  open: ['#3d4d14', '#e9f1ce'], ok: ['#18472e', '#e3efe5'], warn: ['#734c00', '#fff0cf'], late: ['#774716', '#f7e6d0'],
  error: ['#842122', '#fcefed'], info: ['#203d69', '#edf2f9'], idle: ['#4a443a', '#efe8da'],
};
const PAPER = '#fbf9f4';
const INK = '#1d1b17';
const MUTE = '#665d4f';

const FONTS = dirname(createRequire(import.meta.url).resolve('@expo-google-fonts/ibm-plex-sans-arabic/package.json'));
const FACES = {
  bold: { name: 'IBM Plex Sans Arabic SemiBold', file: join(FONTS, '600SemiBold/IBMPlexSansArabic_600SemiBold.ttf') },
  plain: { name: 'IBM Plex Sans Arabic', file: join(FONTS, '400Regular/IBMPlexSansArabic_400Regular.ttf') },
} as const;

type Drawn = { data: Buffer; width: number; height: number };
type TextStyle = { size: number; colour: string; face?: keyof typeof FACES; width?: number };

/** A JPEG of well under 150 kB, which messengers still show. */
export async function drawPreview(it: Preview): Promise<Buffer> {
  const rtl = it.dir === 'rtl';
  const site = await setText(it.site, { size: 46, colour: INK });
  const of = await setText(it.of, { size: 27, colour: MUTE, face: 'plain', width: TEXT_WIDTH });
  const title = await setTitle(it.title, TITLE_SIZES[it.state ? 'below' : 'alone']);
  const note = it.note ? await setText(it.note, { size: 32, colour: MUTE, face: 'plain', width: 640 }) : null;
  const number = it.number ? await setText(it.number, { size: 46, colour: INK }) : null;
  const state = it.state ? await setText(it.state.words, { size: 32, colour: TONES[it.state.tone][0], width: 620 }) : null;
  const pill = state && it.state ? { ...it.state, width: state.width + 112, height: 60 } : null;

  const titleTop = pill ? 268 : Math.round(DOOR_TOP + (DOOR.height - title.height) / 2);
  /** x of something so wide that begins `from` px after the line's start */
  const start = (width: number, from = MARGIN) => Math.round(rtl ? WIDTH - from - width : from);
  const end = (width: number) => Math.round(rtl ? MARGIN : WIDTH - MARGIN - width);
  const put = (drawn: Drawn | null, left: number, middle: number) => (drawn ? [{ input: drawn.data, left, top: Math.round(middle - drawn.height / 2) }] : []);
  const ground = groundOf({ rtl, pill: pill && { ...pill, x: start(pill.width), y: DOOR_TOP }, doorX: end(DOOR.width) });
  return sharp(Buffer.from(ground)).composite([
    ...put(site, start(site.width, MARGIN + 88), 76),
    ...put(of, start(of.width, MARGIN + 88), 120),
    ...put(state, start(state?.width ?? 0, MARGIN + 80), 206),
    { input: title.data, left: start(title.width), top: titleTop },
    ...put(note, start(note?.width ?? 0), HEIGHT - BAND - 60),
    ...put(number, end(number?.width ?? 0), HEIGHT - BAND - 60),
  ]).removeAlpha().jpeg({ quality: 84, chromaSubsampling: '4:4:4' }).toBuffer();
}

/** As large as the room allows; what is still too long ends with an ellipsis. */
async function setTitle(text: string, sizes: readonly number[]): Promise<Drawn> {
  const title = text.slice(0, LONGEST_TITLE);
  const style = (size: number): TextStyle => ({ size, colour: INK, width: TEXT_WIDTH });
  for (const size of sizes) {
    const drawn = await setText(title, style(size));
    if (drawn.height <= TITLE_HEIGHT) return drawn;
  }
  const words = title.split(/\s+/);
  for (let kept = words.length - 1; kept > 0; kept--) {
    const drawn = await setText(`${words.slice(0, kept).join(' ')}\u00a0…`, style(SMALLEST_TITLE));
    if (drawn.height <= TITLE_HEIGHT) return drawn;
  }
  return setText(`${title.slice(0, 60)}…`, style(SMALLEST_TITLE));
}

async function setText(text: string, { size, colour, face = 'bold', width = TEXT_WIDTH }: TextStyle): Promise<Drawn> {
  const { name, file } = FACES[face];
  // Pango's «left» is the side where a paragraph begins, in each direction.
  const { data, info } = await sharp({ text: { text: `<span foreground="${colour}">${markup(text)}</span>`, font: `${name} ${size}`, fontfile: file, dpi: 72, rgba: true, width, align: 'left', wrap: 'word-char' } })
    .png({ compressionLevel: 1 }).toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

/** Pango reads markup; a sender's own signs for direction and control have no place in a picture. */
function markup(text: string): string {
  const plain = text.toWellFormed().replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').replace(/[\u202a-\u202e\u2066-\u2069]/g, '').trim();
  return plain.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;') || '…';
}

type Ground = { rtl: boolean; pill: { x: number; y: number; width: number; height: number; tone: PreviewTone; icon: string } | null; doorX: number };

/** Paper, the mark, the large door, the state's pill and the striped courses: everything but words. */
function groundOf({ rtl, pill, doorX }: Ground): string {
  const stripes = Array.from({ length: 11 }, (_, at) => `<path fill="#d8cebb" d="M${at * 120 + 60} ${HEIGHT - BAND}h60v${BAND}h-60z"/>`).join('');
  const markX = rtl ? WIDTH - MARGIN - 66 : MARGIN;
  const [ink, ground] = TONES[pill?.tone ?? 'idle'];
  const shown = pill ? `<rect x="${pill.x}" y="${pill.y}" width="${pill.width}" height="${pill.height}" rx="30" fill="${ground}"/>
    <g transform="translate(${rtl ? pill.x + pill.width - 64 : pill.x + 24} ${pill.y + 10}) scale(1.667)" fill="none" stroke="${ink}" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"><path d="${pill.icon}"/></g>` : '';
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}"><path fill="${PAPER}" d="M0 0h${WIDTH}v${HEIGHT}H0z"/>
    <path fill="#103421" d="M0 ${HEIGHT - BAND}h${WIDTH}v${BAND}H0z"/>${stripes}
    <g transform="translate(${markX} 56) scale(.917)">${ARCH}</g><g transform="translate(${doorX} ${DOOR_TOP}) scale(2.75)">${ARCH}</g>${shown}</svg>`;
}

/** The mark of src/ui/Mark.svelte, 72×84; the light courses one by one, because not every drawer knows pathLength. */
const ARCH = `<path fill="#bfd47e" d="M13 79V45A32 32 0 0 1 36 14.3 32 32 0 0 1 59 45v34Z"/><path fill="#18472e" d="M13 80V45a32 32 0 0 1 8-20.5L36 32v40z"/><g fill="none" stroke-width="10"><path stroke="#103421" d="M8 79V45A37 37 0 0 1 36 9.1 37 37 0 0 1 64 45v34"/><path stroke="#e9e2d4" stroke-dasharray="11.6" d="M8 79V45A37 37 0 0 1 36 9.1 37 37 0 0 1 64 45v34"/></g>`;
