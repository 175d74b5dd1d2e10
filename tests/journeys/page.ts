/** What every journey asks of every page. */
import { get } from 'node:http';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Browser, type BrowserContextOptions, type Page } from '@playwright/test';

export const PHONE = { width: 360, height: 740 } as const;
export const DESK = { width: 1280, height: 800 } as const;
export const SMALLEST = { width: 280, height: 653 } as const;

/** The shared server with demonstration content. */
export const demoUrl = (): string => {
  const url = process.env.DEMO_URL;
  if (!url) throw new Error('DEMO_URL is not set: the journeys run with playwright.config.ts.');
  return url;
};

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * axe finds nothing, best practices included. It needs script in the page, so it does not run where script is off. Our pages
 * have no frames: asked in one piece it answers in half the time.
 */
export async function expectNoViolations(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).withTags(TAGS).setLegacyMode().analyze();
  expect(violations.map((it) => `${it.id}: ${it.help} — ${it.nodes.map((node) => node.target.join(' ')).slice(0, 5).join(' | ')}`)).toEqual([]);
}

export async function noSidewaysScroll(page: Page): Promise<void> {
  const { wide, seen, widest } = await page.evaluate(() => {
    const root = document.documentElement;
    const over = [...document.querySelectorAll('body *')].filter((it) => it.getBoundingClientRect().right > root.clientWidth + 1 || it.getBoundingClientRect().left < -1);
    return { wide: root.scrollWidth, seen: root.clientWidth, widest: over.slice(0, 3).map((it) => `${it.tagName.toLowerCase()}.${it.getAttribute('class') ?? ''}`) };
  });
  expect(wide, `wider than ${seen} px: ${widest.join(', ')}`).toBeLessThanOrEqual(seen);
}

/** Watches from now on; the returned function fails when anything was asked of another host. */
export function onlyOwnHost(page: Page, own: string): () => void {
  const foreign: string[] = [];
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (/^(https?|wss?):$/.test(url.protocol) && url.origin !== new URL(own).origin) foreign.push(request.url());
  });
  return () => expect(foreign).toEqual([]);
}

/** Nothing of the page's own scripts is loaded; the page has to be complete without them. */
export async function withoutOwnScripts(page: Page): Promise<void> {
  await page.route(/\.m?js(\?|$)/, (route) => route.abort());
}

/** A browser window in which no script runs at all. */
export async function scriptFree(browser: Browser, options: BrowserContextOptions = {}): Promise<Page> {
  return (await browser.newContext({ viewport: PHONE, locale: 'ar-SY', ...options, javaScriptEnabled: false })).newPage();
}

/** What a first visit weighs on the wire: the answer's body as it was compressed. */
export function weigh(url: string): Promise<{ status: number; bytes: number; encoding: string }> {
  return new Promise((resolve, reject) => {
    get(url, { headers: { 'accept-encoding': 'br', accept: 'text/html' } }, (response) => {
      let bytes = 0;
      response.on('data', (part: Buffer) => { bytes += part.length; });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, bytes, encoding: String(response.headers['content-encoding'] ?? '') }));
    }).on('error', reject);
  });
}
