/**
 * A page of our own code in a real Chromium on a profile on disk: built as for production, served on 127.0.0.1 with the
 * headers that give fine timers. A context without a profile would keep IndexedDB in memory and flush nothing.
 */
import { createServer } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { build } from 'vite';
import { systemChromium } from '../run/chromium.ts';

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Builds `entry`, opens it in a fresh profile, and answers what `work` does with the page. Leaves nothing behind. */
export async function onPage<T>(entry: string, work: (page: Page) => Promise<T>): Promise<T> {
  const script = await bundle(entry);
  const server = createServer(({ url }, response) => {
    const isScript = url === '/page.js';
    response.writeHead(200, {
      'content-type': isScript ? 'text/javascript' : 'text/html; charset=utf-8',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
    });
    response.end(
      isScript ? script : '<!doctype html><title>bench</title><script type="module" src="/page.js"></script>',
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    return await inFreshProfile(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, work);
  } finally {
    server.close();
  }
}

/** Opens an address in a fresh profile on disk, and answers what `work` does with the page. Leaves nothing behind. */
export async function inFreshProfile<T>(address: string, work: (page: Page) => Promise<T>): Promise<T> {
  const profile = await mkdtemp(join(tmpdir(), 'plumbline-bench-'));
  const executablePath = systemChromium();
  const context = await chromium.launchPersistentContext(profile, {
    args: flags,
    headless: true,
    ...(executablePath === undefined ? {} : { executablePath }),
  });
  try {
    const page = await context.newPage();
    page.on('pageerror', (error) => console.error(error));
    await page.goto(address);
    return await work(page);
  } finally {
    await context.close();
    await rm(profile, { recursive: true, force: true });
  }
}

/** One script of `entry` and all that it imports. */
export async function bundle(entry: string): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: { write: false, target: 'es2022', lib: { entry, formats: ['es'], fileName: 'page' } },
  });
  const outputs = Array.isArray(built) ? built : [built];
  for (const output of outputs) {
    if (!('output' in output)) continue;
    for (const part of output.output) if (part.type === 'chunk' && part.isEntry) return part.code;
  }
  throw new Error(`Vite built no script from ${entry}`);
}
