/** What a flow without a server is given besides its computers: a host that only has the built app's files. */
import { test as base } from './fixtures.ts';
import { openStaticHost, type StaticHost } from './static-host.ts';

export const test = base.extend<{ readonly host: StaticHost }>({
  // Playwright reads from the pattern which fixtures this one needs: none.
  // oxlint-disable-next-line no-empty-pattern
  host: async ({}, use) => {
    const host = await openStaticHost();
    await use(host);
    await host.stop();
  },
});
