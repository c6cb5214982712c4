/**
 * A random text is typed into every sealed field through the screens, synced and unsynced, and the closed browser's profile is
 * searched byte by byte: nothing of it is there, and no passphrase, password, recovery secret or data key.
 *
 * Nor is any of it in the server's log, which is one JSON line an event.
 *
 * The control is the same journey on the same app, built by the same configuration, with one file swapped: the cipher, for one
 * that seals nothing (support/null-cipher.ts). There every text is found, which shows that the search can find them.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from '@playwright/test';
import { expectInstalled, join, passphrase } from './pages/doors.ts';
import { grant, password, setUpAuthority } from './support/authority.ts';
import { buildApp } from './support/build.ts';
import type { Computer } from './support/computer.ts';
import { startCouncilServer, type CouncilServer } from './support/council-server.ts';
import { test } from './support/fixtures.ts';
import { expectProved } from './support/one-audit.ts';
import { ownSecrets } from './support/own-secrets.ts';
import { chance } from './support/random.ts';
import { eitherHalf, foundIn, searchProfile, type Wanted } from './support/search-profile.ts';
import {
  expectEveryFieldNamed,
  makeSentinels,
  sendRest,
  sentReference,
  typeAll,
  typedOnly,
} from './support/sentinels.ts';

const nullCipher = fileURLToPath(new URL('./support/null-cipher.ts', import.meta.url));

test('Nothing of what is typed into a sealed field is in the closed profile, and no secret that opens it', async ({
  computer,
}) => {
  expectEveryFieldNamed();
  const laptop = await computer();
  const { sentinels, secrets, email } = await journey(laptop, {});
  expect(foundIn(searchProfile(laptop.profile, { ...sentinels, ...secrets }))).toEqual([]);
  // What may be read on the disk is: whose copy it is, and grades.
  const plain = searchProfile(laptop.profile, { email, grade: 'requires-improvement' });
  expect(foundIn(plain)).toHaveLength(2);
});

test('The same journey with sealing off leaves every one of them in the profile', async ({ computer }) => {
  const app = await buildApp('unsealed', { 'src/store/cipher.ts': () => readFileSync(nullCipher, 'utf8') });
  const laptop = await computer();
  const { sentinels, secrets } = await journey(laptop, { DIST_DIR: app });
  const found = searchProfile(laptop.profile, sentinels);
  expect([...found].filter(([, files]) => files.length === 0).map(([name]) => name)).toEqual([]);
  expect(foundIn(searchProfile(laptop.profile, secrets))).toEqual([]);
});

/** Types everything twice, first with the server and then without it, and closes the browser. */
async function journey(
  laptop: Computer,
  env: Record<string, string>,
): Promise<{ readonly sentinels: Wanted; readonly secrets: Wanted; readonly email: string }> {
  const random = chance('sentinels');
  const [synced, unsynced] = [makeSentinels(random), makeSentinels(random)];
  const server = await startCouncilServer(env);
  try {
    const authority = await setUpAuthority(server);
    const sam = await authority.addPerson('Sam Example', [grant('qa-lead'), grant('auditor')]);
    await sendRest(authority, sam, synced);
    const page = laptop.page();
    await join(page, sam.link);
    await expectInstalled(page);
    const secrets = await ownSecrets(page, server.url, sam.email, password);
    await page.getByRole('link', { name: sentReference, exact: true }).click();
    await expect(page.getByRole('heading', { level: 1, name: `Case ${sentReference}` })).toBeVisible();
    await typeAll(page, synced);
    await expectProved(page);
    await server.stop();
    expectQuietLog(server, { ...synced, email: sam.email, passphrase, password, name: 'Sam Example' });
    await typeAll(page, unsynced);
    // The browser is closed in the middle of the form, with everything still in its fields.
    await page.goBack();
    await expect(page.getByLabel('Why another grade than the suggested one?')).toBeVisible();
    await laptop.close();
    return {
      sentinels: { ...named('synced', synced), ...named('unsynced', typedOnly(unsynced)) },
      secrets: { ...secrets, passphrase, password },
      email: sam.email,
    };
  } finally {
    await server.remove();
  }
}

/** The log says what happened, a line of JSON an event, and none of the words. Beside it stand the sentences of the start. */
function expectQuietLog(server: CouncilServer, words: Readonly<Record<string, string>>): void {
  const lines = server
    .said()
    .split('\n')
    .filter((line) => line.startsWith('{'));
  const events = new Set(lines.map((line) => (JSON.parse(line) as { event: string }).event));
  for (const event of ['joined', 'pushed', 'recovery-deposited', 'recovery-given'])
    expect([...events]).toContain(event);
  const said = server.said();
  expect(
    Object.entries(words)
      .filter(([, text]) => said.includes(text))
      .map(([name]) => name),
  ).toEqual([]);
}

const named = (when: string, is: Readonly<Record<string, string>>): Wanted =>
  Object.fromEntries(Object.entries(is).map(([field, text]) => [`${when} ${field}`, eitherHalf(text)]));
