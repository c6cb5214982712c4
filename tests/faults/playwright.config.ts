import { defineConfig } from '@playwright/test';
import flows from '../e2e/playwright.config.ts';

// As the other flows, but one at a time: what a fault takes, and how long, is not shared with another.
export default defineConfig(flows, { workers: 1, timeout: 900_000, expect: { timeout: 180_000 } });
