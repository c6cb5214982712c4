/** The browser killed fifty times while somebody grades (FAULTS 8). */
import { test } from '../e2e/support/fixtures.ts';
import { expectKept, killWhileGrading } from '../e2e/support/killed-browser.ts';

const kills = 50;

test(`The browser is killed ${kills} times while grading: nothing said saved is missing, and at most 300 ms of typing`, async ({
  server,
  authority,
  computer,
}) => {
  test.setTimeout(1_800_000);
  expectKept(await killWhileGrading(server, authority, await computer(), kills), kills, true);
});
