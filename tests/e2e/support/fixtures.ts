/**
 * What a flow is given, and what is put away after it, also when it fails: a server with an empty database, an authority
 * set up on it, and as many computers as it asks for. A failed flow keeps a picture of what each person saw last. Every flow
 * fails when one of its browsers broke the security policy or Trusted Types, or asked another origin than its page's.
 */
import { expect, test as base } from '@playwright/test';
import { setUpAuthority, type MadeAuthority } from './authority.ts';
import { newComputer, type Computer } from './computer.ts';
import { startCouncilServer, type CouncilServer } from './council-server.ts';

interface Given {
  readonly server: CouncilServer;
  readonly authority: MadeAuthority;
  /** Another computer, its browser open on a blank page. */
  readonly computer: typeof newComputer;
}

export const test = base.extend<Given>({
  // Playwright reads from the pattern which fixtures this one needs: none.
  // oxlint-disable-next-line no-empty-pattern
  server: async ({}, use) => {
    const server = await startCouncilServer();
    try {
      await use(server);
    } finally {
      await server.remove();
    }
  },
  authority: async ({ server }, use) => use(await setUpAuthority(server)),
  // oxlint-disable-next-line no-empty-pattern
  computer: async ({}, use, info) => {
    const computers: Computer[] = [];
    try {
      await use(async (options) => {
        const made = await newComputer(options);
        computers.push(made);
        return made;
      });
      for (const { rules } of computers) {
        expect(rules.broken, 'rules of the browser that this flow broke').toEqual([]);
        expect(rules.abroad, 'requests of this flow to another origin').toEqual([]);
      }
    } finally {
      if (info.status !== info.expectedStatus) await picture(computers, info.outputPath.bind(info));
      await Promise.all(computers.map((one) => one.remove()));
    }
  },
});

async function picture(computers: readonly Computer[], pathOf: (name: string) => string): Promise<void> {
  for (const [at, computer] of computers.entries()) {
    const pages = computer.isOn() ? computer.context().pages() : [];
    for (const [tab, page] of pages.entries()) {
      // A picture that fails must not hide why the flow did.
      await page.screenshot({ path: pathOf(`computer-${at + 1}-tab-${tab + 1}.png`), timeout: 5_000 }).catch(String);
    }
  }
}
