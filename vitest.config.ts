import { defineConfig } from 'vitest/config';

// Unit and database tests. Journeys in a browser live in tests/journeys and run with Playwright.
export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'cli/**/*.test.ts', 'tests/house/**/*.test.ts', 'tests/safety/**/*.test.ts', 'tests/running/**/*.test.ts', 'tests/outside/**/*.test.ts'],
    globalSetup: ['src/testing/global-setup.ts'],
    // Only for what never ends: on a crowded machine everything takes many times as long.
    testTimeout: 240_000,
    hookTimeout: 400_000,
    // What needed its second try is told by name (bin/second-tries.js); what fails twice has failed.
    retry: 1,
    pool: 'forks',
    maxWorkers: 2,
    passWithNoTests: false,
  },
});
