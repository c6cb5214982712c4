/** The browser killed again and again while somebody grades: what was said to be saved is there. `npm run faults` kills it more often. */
import { test } from './support/fixtures.ts';
import { expectKept, killWhileGrading } from './support/killed-browser.ts';

const kills = 20;

test(`The browser is killed ${kills} times while grading: nothing said saved is missing`, async ({
  server,
  authority,
  computer,
}) => {
  expectKept(await killWhileGrading(server, authority, await computer(), kills), kills, false);
});
