/** How people of a journey go on: what they read in their language, and what every page on their way has to hold. */
import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { expect, test, type Browser, type BrowserContextOptions, type Locator, type Page } from '@playwright/test';
import { Secret, TOTP } from 'otpauth';
import sharp from 'sharp';
import { PDFDocument } from '@cantoo/pdf-lib';
import { opus } from '../../src/engines/media/samples.ts';
import type { Lang } from '#platform/i18n/languages.ts';
import { words, type Words } from '#platform/i18n/words.ts';
import { DESK, expectNoViolations, noSidewaysScroll, PHONE, withoutOwnScripts } from './page.ts';
import type { TestServer } from './server.ts';

/** Somebody at a screen: their page, their words, and whether script runs in their browser. */
export type Reader = { page: Page; w: Words; url: string; script: boolean };

export type ReaderOptions = { lang?: Lang; script?: boolean; /** the page's own scripts run too */ own?: boolean; context?: BrowserContextOptions };

export async function reader(browser: Browser, url: string, { lang = 'ar', script = true, own = false, context = {} }: ReaderOptions = {}): Promise<Reader> {
  const made = await browser.newContext({ viewport: PHONE, locale: 'ar-SY', timezoneId: 'Asia/Damascus', baseURL: url, ...context, javaScriptEnabled: script });
  const page = await made.newPage();
  if (!own) await withoutOwnScripts(page);
  return { page, w: words(lang), url, script };
}

/** A page has to be there, readable by everybody and no wider than the screen. With SHOTS=folder it is kept as a picture. */
export async function seen({ page, w, script }: Reader, name: string): Promise<void> {
  await expect(page.locator('h1')).toHaveCount(1);
  await expect(page.locator('html')).toHaveAttribute('dir', w.dir);
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/${name} ${w.lang}${script ? '' : ' no-script'}.png`, fullPage: true });
  if (!script) return;
  await noSidewaysScroll(page);
  await expectNoViolations(page);
}

/** Presses a button of the page's own content. */
export const press = ({ page }: Reader, label: string): Promise<void> => page.locator('#main').getByRole('button', { name: label, exact: true }).click();
/** Of several with one name, the one that is shown; a hidden one where no other is. */
const field = (page: Page, name: string) => page.locator(`#main :is(input:not([type=hidden]), textarea, select)[name="${name}"]`).first();
export const fill = ({ page }: Reader, name: string, text: string): Promise<void> => field(page, name).fill(text);
/** What a field holds once the page that shows it is there. */
export const holds = ({ page }: Reader, name: string, text: string): Promise<void> => expect(field(page, name)).toHaveValue(text);
export const open = ({ page, w }: Reader, path: string) => page.goto(w.href(path));

/**
 * What was refused: a summary that has the focus and leads to each field, and beside each field its sentence in the
 * reader's language. `fields` are the fields' ids, in the order of the page.
 */
export async function refused(it: Reader, fields: Record<string, string>): Promise<void> {
  const { page, w, script } = it;
  const summary = page.locator('.note.error');
  await expect(summary).toBeVisible();
  if (script) await expect(summary).toBeFocused();
  expect(await summary.locator('a').evaluateAll((all) => all.map((link) => link.getAttribute('href')))).toEqual(Object.keys(fields).map((field) => `#${field}`));
  for (const [field, sentence] of Object.entries(fields)) {
    expect(sentence, `a sentence for ${field} in ${w.lang}`).toMatch(/\S/);
    await expect(page.locator(`#${field}-error`)).toContainText(sentence);
    await expect(summary.locator(`a[href="#${field}"]`)).toHaveText(sentence);
    await summary.locator(`a[href="#${field}"]`).click();
    await expect(page.locator(`#${field}`)).toBeFocused();
  }
  expect(await page.title()).toContain(w.t('error.word'));
}

/** The same number as somebody else would type it: Arabic digits, spaces, small letters. */
export const asTyped = (text: string): string => text.toLowerCase().replace(/[0-9]/g, (digit) => '٠١٢٣٤٥٦٧٨٩'[Number(digit)]!).replaceAll('-', ' ');

let photo: Buffer | undefined;

/** A photo as phones make it today: about seven megabytes. */
export async function bigPhoto(): Promise<{ name: string; mimeType: string; buffer: Buffer }> {
  photo ??= await sharp({ create: { width: 3680, height: 2760, channels: 3, background: '#888', noise: { type: 'gaussian', mean: 128, sigma: 60 } } }).jpeg({ quality: 88 }).toBuffer();
  return { name: 'IMG_20261101_174410.jpg', mimeType: 'image/jpeg', buffer: photo };
}

export async function paper(): Promise<{ name: string; mimeType: string; buffer: Buffer }> {
  const document = await PDFDocument.create();
  document.addPage([300, 400]);
  return { name: 'عريضة.pdf', mimeType: 'application/pdf', buffer: Buffer.from(await document.save()) };
}

/** Files are chosen from the disk, as people do: sent through the test's own line, thirty megabytes take a busy computer too long. */
export async function choose(input: Locator, files: readonly { name: string; buffer: Buffer }[]): Promise<void> {
  const paths = files.map((file) => test.info().outputPath(randomUUID(), file.name));
  for (const [at, path] of paths.entries()) {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, files[at]!.buffer);
  }
  await input.setInputFiles(paths);
}

export const voiceNote = (): { name: string; mimeType: string; buffer: Buffer } => ({ name: 'صوت.ogg', mimeType: 'audio/ogg', buffer: Buffer.from(opus()) });

/** A link into the work of one role, as the terminal prints it. */
export async function invitation(server: TestServer, role: string, body: string | null, name: string): Promise<string> {
  const { out, err } = await server.command('admin', 'invite', '--role', role, '--name', name, ...(body ? ['--body', body] : []), '--json');
  const link = /"link":"([^"]+)"/.exec(out)?.[1];
  if (!link) throw new Error(`No link for ${role}: ${err}`);
  return new URL(link).pathname;
}

export const codeOf = (secret: string, at = Date.now()): string => new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: at });

/** Goes in by a link for the first time: sets the app as a second step and keeps the recovery codes. Returns the app's secret. */
export async function enter(it: Reader, link: string): Promise<string> {
  const { page, w } = it;
  await page.goto(link);
  await press(it, w.t('people.enter.go'));
  const secret = (await page.locator('#main ol .code').innerText()).replaceAll(' ', '');
  await fill(it, 'code', codeOf(secret));
  await press(it, w.t('people.totp.confirm'));
  await page.getByRole('link', { name: w.t('people.recovery.kept') }).click();
  return secret;
}

/** A member of staff in a window of their own. */
export async function staff(browser: Browser, server: TestServer, role: string, body: string | null, name: string, options: ReaderOptions = {}): Promise<Reader & { secret: string }> {
  const it = await reader(browser, server.url, { context: { viewport: DESK }, ...options });
  return { ...it, secret: await enter(it, await invitation(server, role, body, name)) };
}

export type Need = { title: string; text: string; place: string; words?: string };

/** A need from the first page to the number, without looking around. */
export async function send(it: Reader, need: Need, kind = 'need'): Promise<{ number: string; key: string }> {
  const { page, w } = it;
  await open(it, `/new/${kind}`);
  await fill(it, 'title', need.title);
  await fill(it, 'text', need.text);
  await press(it, w.t('intake.new.next'));
  await fill(it, 'placeQuery', need.place);
  if (need.words) await fill(it, 'placeWords', need.words);
  for (const step of ['details', 'contact', 'check'] as const) {
    await press(it, w.t('intake.new.next'));
    await expect(page.locator('h1')).toHaveText(w.t(`intake.new.step.${step}`));
  }
  await press(it, w.t('intake.new.send'));
  return receipt(it);
}

/** The number and the key, as they stand on the page after sending. */
export async function receipt({ page, w }: Reader): Promise<{ number: string; key: string }> {
  await expect(page.locator('h1')).toHaveText(w.t('intake.sent.title'));
  const number = (await page.locator('.done .code').innerText()).trim();
  const key = (await page.locator('#main section[aria-labelledby=key] .code').innerText()).trim();
  expect(number).toMatch(/^TST-\d{4,}-\d\d$/);
  expect(key).toMatch(/^(\d{4} ){4}\d{4}$/);
  return { number, key };
}

export async function track(it: Reader, number: string, key: string): Promise<void> {
  await open(it, '/track');
  await fill(it, 'number', number);
  await fill(it, 'key', key);
  await press(it, it.w.t('intake.track.go'));
}

/** Triage decides: everybody sees it, and a body has to answer. */
export async function publish(it: Reader, number: string, body: string | null): Promise<void> {
  await open(it, `/gov/triage/${number}`);
  await it.page.locator('input[name=visibility][value=public]').check();
  if (body) await it.page.locator('select[name=body]').selectOption(body);
  await press(it, it.w.t('triage.decide.go'));
  await expect(it.page).toHaveURL(/done=/);
}
