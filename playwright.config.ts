/** Journeys: what people do, in a real browser against the real server. `npm test` runs them after a build. */
import { defineConfig } from '@playwright/test';
import { findChromium } from './bin/chromium.js';

const executablePath = findChromium();
if (!executablePath) throw new Error('There is no Chromium. Install it, or name one: CHROMIUM=/path');

export default defineConfig({
  testDir: 'tests/journeys',
  testMatch: '**/*.spec.ts',
  globalSetup: './tests/journeys/global-setup.ts',
  outputDir: '.cache/journeys',
  workers: 2,
  fullyParallel: false,
  forbidOnly: true,
  // A browser on a crowded machine may stumble: what needed its second try is told by name, and what fails twice has failed.
  retries: 1,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: 'line',
  use: {
    locale: 'ar-SY',
    timezoneId: 'Asia/Damascus',
    viewport: { width: 360, height: 740 },
    actionTimeout: 15_000,
    navigationTimeout: 20_000,
    launchOptions: {
      executablePath,
      args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage'],
    },
  },
});
