/** "Sign in with your council account", at the door and inside the open app, with a real OpenID provider beside the server. */
import { expect, test } from '@playwright/test';
import { callbackPath } from '../../server/auth/openid.ts';
import { unlockedHeader } from '../../src/protocol/sync.ts';
import { freePort } from '../run/free-port.ts';
import { startOpenIdProvider } from '../server/openid-provider.ts';
import { choosePassphrase, expectOpen, join, toSignIn, unlock } from './pages/doors.ts';
import { newInspector } from './support/accessible.ts';
import { grant, setUpAuthority } from './support/authority.ts';
import { newComputer } from './support/computer.ts';
import { startCouncilServer } from './support/council-server.ts';
import { change, storedSessions } from './support/server-database.ts';

const council = 'Sign in with your council account';

test('With the council’s account in, offline as ever, in again beside the open app, and out when the directory says so', async () => {
  const inspector = newInspector();
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  const provider = await startOpenIdProvider(await freePort(), `${address}${callbackPath}`);
  const { issuer, clientId, clientSecret } = provider;
  const server = await startCouncilServer({
    ...{ PORT: String(port), PUBLIC_ADDRESS: address },
    ...{ OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret },
  });
  const [laptop, desk] = [await newComputer(), await newComputer()];
  try {
    const authority = await setUpAuthority({ ...server, url: address });
    const avery = await authority.addPerson('Avery Example', [grant('auditor')]);
    const sam = await authority.addPerson('Sam Example', [grant('qa-lead')]);
    const page = laptop.page();
    provider.who = null;
    await page.goto(address);
    await toSignIn(page);
    await inspector.look(page, 'both ways of signing in');
    await page.getByRole('button', { name: council }).click();
    await expect(page.getByText('Your council’s sign-in did not let you in.')).toBeVisible();
    await inspector.look(page, 'turned away');

    provider.who = { sub: 'directory-1', name: avery.name, email: avery.email, groups: [] };
    await page.getByRole('button', { name: council }).click();
    const events = page.waitForResponse((reply) => reply.url().includes('/api/sync/pokes'));
    await choosePassphrase(page);
    // Its stream of events shows that it is unlocked, and is let in.
    expect((await events).status()).toBe(200);
    expect(await (await events).request().headerValue(unlockedHeader)).toMatch(/^[0-9a-f]{64}$/);
    await server.stop();
    await page.goto(`${address}/this-laptop`);
    await unlock(page);

    await server.start();
    // A session that this copy cannot use any more, and that is still there.
    change(server, `update session set unlocked_hash = 'another copy' where person = '${avery.id}'`);
    await page.getByRole('button', { name: 'Sync now' }).click();
    await page.getByRole('region', { name: 'Messages about this laptop' }).getByText('Sign in again').last().click();
    await inspector.look(page, 'signing in again');
    const opened = laptop.context().waitForEvent('page');
    // From a page of the provider’s the browser comes back without our cookies: the session it had ends all the same.
    provider.showsPage = true;
    await laptop.context().clearCookies({ domain: 'localhost' });
    await page.getByRole('dialog').getByRole('button', { name: council }).click();
    const beside = await opened;
    await beside.getByRole('button', { name: 'Go on' }).click();
    // The other window gets the key from this one: no passphrase is asked for.
    await expectOpen(beside);
    await expect(page.getByText('Your sign-in has ended.')).toBeHidden();
    expect(storedSessions(server, avery.id)).toBe(1);

    // Their account is made anew in the directory: nobody's, until a QA lead unties the old one.
    const lead = desk.page();
    await join(lead, sam.link);
    await lead.getByRole('link', { name: 'Organisation' }).first().click();
    await lead
      .getByRole('link', { name: 'People' })
      .or(lead.getByRole('tab', { name: 'People' }))
      .first()
      .click();
    await lead.getByRole('button', { name: 'Account of Avery Example' }).click();
    const panel = lead.getByRole('region', { name: 'Account of Avery Example' });
    await expect(panel).toContainText('Signs in with one');
    await inspector.look(lead, 'an account that is tied to the council’s');
    await panel.getByRole('button', { name: 'Take a new council account' }).click();
    await lead.getByRole('dialog').getByRole('button', { name: 'Take a new council account' }).click();
    await expect(panel).not.toContainText('Signs in with one');
    await expect(panel.getByRole('button', { name: 'Take a new council account' })).toBeHidden();
    expect(laptop.rules.broken).toEqual([]);
    expect(laptop.rules.abroad.filter((asked) => !asked.includes(issuer))).toEqual([]);
    inspector.expectNothingWrong(4);
  } finally {
    await laptop.remove();
    await desk.remove();
    await server.remove();
    await provider.stop();
  }
});
