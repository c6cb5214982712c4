import { defineConfig } from '@playwright/test';

// Each test starts its own server and its own browser profiles; two cores carry two of them at a time.
export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  outputDir: '../../test-results/flows',
  timeout: 120_000,
  expect: { timeout: 20_000 },
  workers: 2,
  retries: 0,
  forbidOnly: true,
  reporter: [['list'], ['json', { outputFile: '../../test-results/report.json' }]],
});
