/**
 * Watches what a browser does while a flow goes on: violations of the security policy and of Trusted Types, errors in pages,
 * and every request, of pages, workers and the service worker alike, that leaves the origin of whoever asked.
 */
import type { BrowserContext, Page, Request } from '@playwright/test';

export interface RulesWatch {
  /** Sentences of the browser about policies that were broken. */
  readonly broken: readonly string[];
  /** Errors nobody caught. */
  readonly errors: readonly string[];
  /** Requests of a page, or of a worker of it, to another origin than its own. */
  readonly abroad: readonly string[];
  /** Origins of all requests. */
  origins(): string[];
  /** Watches a browser from now on as well. */
  on(context: BrowserContext): void;
  /** Answers what was broken so far, and forgets it: for a flow that breaks a rule to see what happens. */
  take(): readonly string[];
  /** The same of requests to another origin: where a redirect that was not followed leads counts as one. */
  takeAbroad(): readonly string[];
}

const aboutPolicies = /Content.Security.Policy|Permissions.Policy|Trusted(Script|HTML|Type)|Trusted Type|Refused to/i;

export function watchRules(): RulesWatch {
  const [broken, errors, abroad]: [string[], string[], string[]] = [[], [], []];
  const asked = new Set<string>();
  return {
    broken,
    errors,
    abroad,
    origins: () => [...asked].filter((origin) => origin !== 'null'),
    on(context) {
      context.on('console', (message) => {
        const text = message.text();
        if (aboutPolicies.test(text)) broken.push(text);
      });
      context.on('weberror', (error) => void errors.push(error.error().stack ?? String(error.error())));
      context.on('request', (request) => {
        const { origin } = new URL(request.url());
        asked.add(origin);
        const from = askedFrom(request);
        if (origin !== 'null' && from !== null && from !== origin) abroad.push(`${from} asked ${request.url()}`);
      });
    },
    take: () => broken.splice(0),
    takeAbroad: () => abroad.splice(0),
  };
}

/** The origin of whoever makes a request; null for one that goes to another page, and for one of no page. */
function askedFrom(request: Request): string | null {
  const worker = request.serviceWorker();
  if (worker !== null) return new URL(worker.url()).origin;
  if (request.isNavigationRequest()) return null;
  const { origin } = new URL(request.frame().url() || 'about:blank');
  return origin === 'null' ? null : origin;
}

/** Every address that is kept in Cache Storage. */
export const cachedAddresses = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    const caches_ = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
    const requests = await Promise.all(caches_.map((cache) => cache.keys()));
    return requests.flat().map(({ url }) => url);
  });
