import { defineConfig } from '@playwright/test';

// Each test starts its own server and its own browser profiles; much of it waiting: two cores carry three of them.
export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  outputDir: '../../test-results/flows',
  timeout: 120_000,
  expect: { timeout: 20_000 },
  workers: 3,
  retries: 0,
  forbidOnly: true,
  reporter: [['list'], ['json', { outputFile: '../../test-results/report.json' }]],
});
