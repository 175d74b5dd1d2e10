/**
 * node bin/pictures.ts: the pictures of README.md, taken from the demonstration as it is today. Real pages, real browser;
 * taken anew when pages change.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import sharp from 'sharp';
import { findChromium } from './chromium.js';
import { build } from './build.js';
import { startServer } from '../tests/journeys/server.ts';

const FOLDER = join(import.meta.dirname, '../docs/pictures');
const PHONE = { width: 360, height: 740 };

if (!(await build())) process.exit(1);
const executablePath = findChromium();
if (!executablePath) throw new Error('There is no Chromium. Install it, or name one: CHROMIUM=/path');
const server = await startServer({ demo: true });
const browser = await chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
try {
  mkdirSync(FOLDER, { recursive: true });
  const late = await first('/api/v1/commitments?state=late&limit=100', (it) => Number(it.slips) > 0);
  const supported = await first('/api/v1/entries?sort=supported&kind=need', () => true);
  await take('home', '/');
  await take('need', `/n/${supported}`);
  await take('commitment', `/commitments/${late}`);
  await take('home-en', '/en');
  await take('map', '/map');
} finally {
  await browser.close();
  await server.stop();
}

async function first(path: string, fits: (it: Record<string, unknown>) => boolean): Promise<string> {
  const { items } = (await (await fetch(server.url + path)).json()) as { items: Record<string, unknown>[] };
  return String((items.find(fits) ?? items[0]!)['number']);
}

async function take(name: string, path: string): Promise<void> {
  const context = await browser.newContext({ viewport: PHONE, deviceScaleFactor: 2, locale: 'ar-SY', colorScheme: 'light' });
  const page = await context.newPage();
  await page.goto(server.url + path);
  const picture = await sharp(await page.screenshot()).resize(540).webp({ quality: 80 }).toBuffer();
  writeFileSync(join(FOLDER, `${name}.webp`), picture);
  process.stdout.write(`docs/pictures/${name}.webp ${Math.round(picture.length / 1024)} kB\n`);
  await context.close();
}
