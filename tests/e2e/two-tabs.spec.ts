/**
 * One person, two tabs of one laptop, the same section in both: nothing typed in one is lost to the other, and neither says of
 * what is not even on the disk that the server has it.
 */
import { expect, type Page } from '@playwright/test';
import { test } from './support/fixtures.ts';
import { evidence, expectForm, expectProved, joinAndOpen, makeOneAudit, rationale } from './support/one-audit.ts';
import { storedUnits } from './support/server-database.ts';

const seen = 'Seen alone on the third visit, in her own words.';
const why = 'The plan follows from what she said, and says by when.';

test('What is typed into one section in two tabs at once is all there, in both and at the server', async ({
  server,
  authority,
  computer,
}) => {
  const audit = await makeOneAudit(authority);
  const laptop = await computer();
  const first = await joinAndOpen(laptop, audit);
  const second = await laptop.tab();
  await second.goto(server.url + audit.path);
  await expectForm(second);
  await evidence(first).focus();
  await rationale(second).focus();
  for (const tab of [first, second]) await expectProved(tab);
  for (const tab of [first, second]) await watchClaims(tab);
  await Promise.all([first.keyboard.type(seen, { delay: 20 }), second.keyboard.type(why, { delay: 20 })]);
  for (const tab of [first, second]) {
    await expect(evidence(tab)).toHaveValue(/words\.$/);
    await tab.keyboard.press('Escape');
  }
  for (const tab of [first, second]) {
    await expect(evidence(tab)).toHaveValue(seen);
    await expect(rationale(tab)).toHaveValue(why);
  }
  await expectProved(first);
  const written = (): unknown => {
    const value = storedUnits(server, audit.id)['section:allocation-start']?.value;
    return [value?.['evidence'], value?.['rationale']];
  };
  await expect.poll(written).toEqual([seen, why]);
  for (const [tab, typed] of [
    [first, seen],
    [second, why],
  ] as const) {
    const claims = await claimsOf(tab);
    expect(claims).toHaveLength(typed.length);
    expect(claims.filter((claim) => claim.includes('On the council') || claim.includes('Sent'))).toEqual([]);
  }
});

/** Notes what the top bar says of the whole laptop after each key, once it is drawn and before the key can be on the disk. */
const watchClaims = (tab: Page): Promise<void> =>
  tab.evaluate(() => {
    const claims: string[] = ((window as unknown as { claims: string[] }).claims = []);
    const look = (): void => void claims.push(document.querySelector('.app-top__save')?.textContent ?? '');
    document.addEventListener('input', () => setTimeout(look, 0), { capture: true });
  });

const claimsOf = (tab: Page): Promise<string[]> =>
  tab.evaluate(() => (window as unknown as { claims: string[] }).claims);
