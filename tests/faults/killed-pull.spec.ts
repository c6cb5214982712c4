/**
 * The browser killed again and again while it receives 5,000 audits for the first time (FAULTS 22): each start goes on from what is
 * there, and the end is equal to the server by the digest of both.
 */
import { expect, type Page } from '@playwright/test';
import { grant } from '../e2e/support/authority.ts';
import { openAt, signInAfresh } from '../e2e/pages/doors.ts';
import { fill } from '../e2e/support/fill.ts';
import { test } from '../e2e/support/fixtures.ts';
import { rowCounts } from '../e2e/support/laptop-rows.ts';
import { expectProved } from '../e2e/support/one-audit.ts';
import { chance } from '../e2e/support/random.ts';

const audits = 5_000;
const [mostKills, fewestMidway] = [40, 5];

test(`A browser killed while it receives ${audits} audits goes on where it was, and ends equal to the server`, async ({
  server,
  authority,
  computer,
}) => {
  test.setTimeout(1_800_000);
  const service = await authority.addService('Assessment (made up)');
  const team = await authority.addTeam(service, 'Team North (made up)');
  const lead = await authority.addPerson('Quinn Example', [grant('qa-lead')]);
  await authority.laptopOf(lead);
  await server.stop();
  await fill(server, { from: 0, to: audits, service: service.id, team: team.id });
  await server.start();

  const laptop = await computer();
  await signInAfresh(laptop.page(), server.url, lead.email);
  // A browser writes its cookies half a minute late, or when it is closed: killed before that, its person would be signed out.
  await laptop.close();
  await openAt(await laptop.open(), server.url);
  const random = chance('killed pull');
  const midway: number[] = [];
  for (let kills = 0; kills < mostKills && midway.length < fewestMidway; kills += 1) {
    await laptop.page().waitForTimeout(random.between(200, 3_000));
    await laptop.kill();
    const count = await confirmed(await laptop.open(), server.url);
    expect(count, `rows after ${kills + 1} kills`).toBeGreaterThanOrEqual(midway.at(-1) ?? 0);
    if (count > (midway.at(-1) ?? 0) && count < audits) midway.push(count);
    await openAt(laptop.page(), server.url);
  }
  console.log(`killed pull: rows after the kills that came midway: ${midway.join(', ')}`);
  expect(midway.length).toBeGreaterThanOrEqual(fewestMidway);
  await expectProved(laptop.page());
  expect(await confirmed(laptop.page(), server.url)).toBeGreaterThanOrEqual(audits);
});

/** How many confirmed rows there are, read by a page of the same origin in which no app runs. */
async function confirmed(page: Page, url: string): Promise<number> {
  await page.goto(`${url}/api/nothing`);
  return (await rowCounts(page))['confirmed'] ?? 0;
}
