/**
 * Watches what a browser does while a flow goes on: violations of the security policy and of Trusted Types, errors in pages,
 * and every address that is asked for, by pages, workers and the service worker alike.
 */
import type { BrowserContext, Page } from '@playwright/test';

export interface RulesWatch {
  /** Sentences of the browser about policies that were broken, and errors nobody caught. */
  readonly broken: readonly string[];
  /** Origins of all requests. */
  origins(): string[];
}

export function watchRules(context: BrowserContext): RulesWatch {
  const broken: string[] = [];
  const asked = new Set<string>();
  context.on('console', (message) => {
    const text = message.text();
    if (/Content.Security.Policy|TrustedScript|TrustedHTML|Trusted Type|Refused to/i.test(text)) broken.push(text);
  });
  context.on('weberror', (error) => void broken.push(error.error().stack ?? String(error.error())));
  context.on('request', (request) => void asked.add(new URL(request.url()).origin));
  return { broken, origins: () => [...asked].filter((origin) => origin !== 'null') };
}

/** Every address that is kept in Cache Storage. */
export const cachedAddresses = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    const caches_ = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
    const requests = await Promise.all(caches_.map((cache) => cache.keys()));
    return requests.flat().map(({ url }) => url);
  });
