import { defineConfig } from '@playwright/test';

// Each test starts its own server and its own browser profiles; much of it waiting: two cores carry three of them. The
// limits end what hangs and measure nothing: what waits for the server waits as long as a laptop may take to find it again.
export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  outputDir: '../../test-results/flows',
  timeout: 600_000,
  expect: { timeout: 90_000 },
  workers: 3,
  retries: 0,
  forbidOnly: true,
  reporter: [['list'], ['json', { outputFile: '../../test-results/report.json' }]],
});
