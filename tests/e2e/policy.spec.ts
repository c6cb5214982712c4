/**
 * The security policy in a real browser: the page that the service worker serves carries the headers too, an injected script
 * does not run, text is refused where it would become markup or code, and the server's log says what was kept out.
 */
import { expect, type Page } from '@playwright/test';
import { securityHeaders } from '../../server/security-headers.ts';
import { expectInstalled } from './pages/doors.ts';
import { test } from './support/fixtures.ts';
import { comeBack, joinAndOpen, makeOneAudit } from './support/one-audit.ts';

/** What a page looks like once its service worker serves it, with the network gone. */
async function servedByWorker(page: Page): Promise<Readonly<Record<string, string>>> {
  await page.context().setOffline(true);
  const response = await page.reload();
  expect(response?.fromServiceWorker()).toBe(true);
  await page.context().setOffline(false);
  return (await response?.allHeaders()) ?? {};
}

test('A page that the service worker serves carries every security header', async ({ authority, computer }) => {
  const laptop = await computer();
  const page = await joinAndOpen(laptop, await makeOneAudit(authority));
  await expectInstalled(page);
  const headers = await servedByWorker(page);
  for (const [name, value] of Object.entries(securityHeaders(false))) expect(headers[name], name).toBe(value);
});

interface Tried {
  readonly [how: string]: string;
}

/** Tries each way in which text could become code, and says how it ended. */
const tryAll = (page: Page): Promise<Tried> =>
  page.evaluate(async () => {
    const marks = globalThis as unknown as { ran?: string };
    const ended = async (run: () => unknown): Promise<string> => {
      delete marks.ran;
      try {
        await run();
      } catch (error) {
        return (error as Error).name;
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
      return marks.ran ?? 'did not run';
    };
    const element = (name: string, attributes: Record<string, string> = {}): HTMLElement => {
      const made = document.createElement(name);
      for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
      return made;
    };
    const sink = (): HTMLElement => document.body.appendChild(element('div'));
    return {
      // A text node is no sink of Trusted Types: the policy alone keeps it from running.
      'an inline script': await ended(() => {
        const script = element('script');
        script.appendChild(document.createTextNode('globalThis.ran = "ran"'));
        document.body.appendChild(script);
      }),
      'the text of a script': await ended(() => {
        (element('script') as HTMLScriptElement).text = 'globalThis.ran = "ran"';
      }),
      'the address of a script': await ended(() => {
        (element('script') as HTMLScriptElement).src = '/assets/any.js';
      }),
      'an inline handler': await ended(() => {
        const image = element('img', { src: '/nothing.png' });
        image.setAttribute('onerror', 'globalThis.ran = "ran"');
        document.body.appendChild(image);
      }),
      innerHTML: await ended(() => void (sink().innerHTML = '<b>text</b>')),
      outerHTML: await ended(() => void (sink().outerHTML = '<b>text</b>')),
      insertAdjacentHTML: await ended(() => sink().insertAdjacentHTML('beforeend', '<b>text</b>')),
      'document.write': await ended(() => document.write('<b>text</b>')),
      DOMParser: await ended(() => new DOMParser().parseFromString('<b>text</b>', 'text/html')),
      srcdoc: await ended(() => void ((element('iframe') as HTMLIFrameElement).srcdoc = '<b>text</b>')),
      eval: await ended(() => (Reflect.get(globalThis, 'eval') as (text: string) => unknown)('globalThis.ran = "ran"')),
      Function: await ended(() =>
        (Reflect.construct as (made: unknown, args: unknown[]) => () => unknown)(Function, [
          'globalThis.ran = "ran"',
        ])(),
      ),
      'a timer of text': await ended(() => (setTimeout as (text: string) => unknown)('globalThis.ran = "ran"')),
      'a worker': await ended(() => new Worker('/assets/any.js')),
      'another service worker': await ended(() => navigator.serviceWorker.register('/assets/any.js')),
      'another policy': await ended(() =>
        (
          globalThis as unknown as { trustedTypes: { createPolicy(name: string, rules: object): void } }
        ).trustedTypes.createPolicy('mine', {}),
      ),
      'our policy again': await ended(() =>
        (
          globalThis as unknown as { trustedTypes: { createPolicy(name: string, rules: object): void } }
        ).trustedTypes.createPolicy('plumbline', {}),
      ),
      'a question elsewhere': await ended(() => fetch('http://127.0.0.1:9/')),
      'a base': await ended(() => {
        document.head.appendChild(element('base', { href: 'http://127.0.0.1:9/' }));
        return document.baseURI.includes(':9/') ? Promise.reject(new Error('moved')) : undefined;
      }),
      'a script address in a link': await ended(() => {
        const link = document.body.appendChild(element('a', { href: 'javascript:globalThis.ran="ran"' }));
        link.click();
      }),
      'a style': await ended(() => {
        const style = element('style');
        style.textContent = 'body { --ran: 1 }';
        document.head.appendChild(style);
        return getComputedStyle(document.body).getPropertyValue('--ran') === ''
          ? undefined
          : Promise.reject(new Error('ran'));
      }),
    };
  });

test('No text becomes code or markup, whatever way is tried, and the server hears of it', async ({
  server,
  authority,
  computer,
}) => {
  const laptop = await computer();
  const audit = await makeOneAudit(authority);
  const page = await joinAndOpen(laptop, audit);
  await expectInstalled(page);
  const refused = 'TypeError';
  expect(await tryAll(page)).toEqual({
    'an inline script': 'did not run',
    'the text of a script': refused,
    'the address of a script': refused,
    'an inline handler': refused,
    innerHTML: refused,
    outerHTML: refused,
    insertAdjacentHTML: refused,
    'document.write': refused,
    DOMParser: refused,
    srcdoc: refused,
    eval: 'EvalError',
    Function: 'EvalError',
    'a timer of text': refused,
    'a worker': refused,
    'another service worker': refused,
    'another policy': refused,
    'our policy again': refused,
    'a question elsewhere': refused,
    'a base': 'did not run',
    'a script address in a link': 'did not run',
    'a style': 'did not run',
  });
  expect(laptop.rules.take().length).toBeGreaterThan(10);
  for (const blocked of ['inline', 'trusted-types-sink', 'trusted-types-policy', 'http://127.0.0.1:9']) {
    await expect.poll(() => server.said()).toContain(`"blocked":"${blocked}"`);
  }
  expect(server.said()).not.toContain('globalThis');
  // Nothing of it has harmed the page: the work goes on where it was.
  await laptop.close();
  await comeBack(laptop, `${server.url}${audit.path}`);
});
