/** The three doors and what lies behind the two that need no server: by keyboard alone, and with nothing that axe finds. */
import { expect, type Page } from '@playwright/test';
import { alone, keepCode, readCode, setUpAlone } from './pages/alone.ts';
import { expectOpen, passphrase } from './pages/doors.ts';
import { openExample } from './pages/example.ts';
import { press, tabTo, typeInto } from './pages/keys.ts';
import { openOrganisation } from './pages/organisation.ts';
import { openThisLaptop } from './pages/this-laptop.ts';
import { newInspector } from './support/accessible.ts';
import { test } from './support/static-fixture.ts';

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true });
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const doors = ['Sign in to your council’s server', 'Work on this laptop only', 'Look round the example'] as const;

test('Three doors, in the order of the page, each opened by a key and each with a way back', async ({
  host,
  computer,
}) => {
  const page = (await computer()).page();
  await page.goto(host.url);
  await expect(heading(page, 'How do you want to work?')).toBeVisible();
  for (const name of doors) {
    await page.keyboard.press('Tab');
    await expect(button(page, name)).toBeFocused();
  }
  for (const [door, title] of [
    [doors[0], 'Sign in'],
    [doors[1], 'Set up this laptop'],
  ] as const) {
    await press(page, button(page, door), 'Enter');
    await expect(heading(page, title)).toBeVisible();
    await press(page, button(page, 'Other ways to start'), 'Space');
    await expect(heading(page, 'How do you want to work?')).toBeVisible();
  }
  await press(page, button(page, doors[2]), 'Enter');
  await expect(page.getByRole('table', { name: 'Audits to do' })).toBeVisible();
  await press(page, button(page, 'Leave the example'), 'Enter');
  await expect(button(page, doors[0])).toBeVisible();
});

test('A laptop is set up, and opened again with its code, by keyboard alone', async ({ host, computer }) => {
  const page = (await computer()).page();
  await page.goto(host.url);
  await press(page, button(page, doors[1]), 'Enter');
  await tabTo(page, page.getByLabel('Your full name'));
  await page.keyboard.type(alone.name);
  await typeInto(page, 'Tab', page.getByLabel('Work email address'), alone.email);
  await typeInto(page, 'Tab', page.getByLabel('Council or organisation (optional)'), alone.organisation);
  await typeInto(page, 'Tab', page.getByLabel('Choose a passphrase', { exact: true }), passphrase);
  await tabTo(page, page.getByLabel('Type the passphrase again', { exact: true }));
  await page.keyboard.type(passphrase);
  await page.keyboard.press('Enter');
  const code = await readCode(page);
  await press(page, button(page, 'I have it on paper'), 'Enter');
  await tabTo(page, page.getByLabel('Groups 7 and 8 of your code'));
  await page.keyboard.type(code.slice(-2).join(' '));
  await page.keyboard.press('Enter');
  await expectOpen(page);

  await page.keyboard.press('Control+Alt+KeyL');
  await press(page, button(page, 'I have forgotten my passphrase'), 'Enter');
  await tabTo(page, page.getByLabel('Recovery code', { exact: true }));
  await page.keyboard.type(code.join(' ').toLowerCase());
  await typeInto(page, 'Tab', page.getByLabel('Choose a passphrase', { exact: true }), 'quite another passphrase');
  await tabTo(page, page.getByLabel('Type the passphrase again', { exact: true }));
  await page.keyboard.type('quite another passphrase');
  await page.keyboard.press('Enter');
  await expectOpen(page);
});

test('Somebody else on a laptop in use finds the doors, and the way back to unlocking', async ({ host, computer }) => {
  const page = (await computer()).page();
  await page.goto(host.url);
  await keepCode(page, await setUpAlone(page));
  await page.keyboard.press('Control+Alt+KeyL');
  await page.getByRole('button', { name: 'I am someone else' }).click();
  for (const name of doors) await expect(button(page, name)).toBeVisible();
  await openExample(page);
  await button(page, 'Leave the example').click();
  await button(page, 'Back to unlocking').click();
  await expect(page.getByText(`This laptop’s copy belongs to ${alone.email}.`)).toBeVisible();
});

test('Nobody is kept out at these doors or behind them', async ({ host, computer }) => {
  const page = (await computer()).page();
  const inspector = newInspector();
  const look = (name: string) => inspector.look(page, name);
  await page.goto(host.url);
  await expect(heading(page, 'How do you want to work?')).toBeVisible();
  await look('the three doors');
  await button(page, doors[1]).click();
  await look('set-up');
  await button(page, 'Continue').click();
  await expect(page.locator('.govuk-error-summary')).toBeFocused();
  await look('set-up, nothing entered');
  await button(page, 'Other ways to start').click();
  const code = await setUpAlone(page);
  await look('the recovery code');
  await button(page, 'I have it on paper').click();
  await button(page, 'Open Plumbline').click();
  await expect(page.locator('.govuk-error-summary')).toBeFocused();
  await look('the code asked back, nothing entered');
  await button(page, 'Show the code again').click();
  await keepCode(page, code);
  await look('my audits, none');
  await openOrganisation(page);
  await look('organisation of one person');
  await openThisLaptop(page);
  await look('this laptop');
  await button(page, 'Remove everything').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove everything' }).click();
  await expect(page.getByText('Type the word “remove”, or choose Cancel')).toBeVisible();
  await look('removing everything, nothing typed');
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  await page.keyboard.press('Control+Alt+KeyL');
  await button(page, 'I have forgotten my passphrase').click();
  await button(page, 'Save and open').click();
  await expect(page.locator('.govuk-error-summary')).toBeFocused();
  await look('the code entered, nothing typed');
  await button(page, 'Back').click();
  await button(page, 'I am someone else').click();
  await openExample(page);
  await look('the example, my audits');
  await openThisLaptop(page, 'Nothing in the example is kept');
  await look('the example, this laptop');
  inspector.expectNothingWrong(12);
});

test('What is printed of a recovery code is the code, whose it is, and where to keep it', async ({
  host,
  computer,
}) => {
  const page = (await computer()).page();
  await page.goto(host.url);
  const code = await setUpAlone(page);
  await page.emulateMedia({ media: 'print' });
  const printed = await page.evaluate(() => document.body.innerText);
  for (const text of [
    ...code,
    alone.name,
    alone.email,
    alone.organisation,
    'Keep the paper where you keep your passport',
  ])
    expect(printed).toContain(text);
  for (const name of ['I have it on paper', 'Print it', 'Cancel, and set up nothing']) {
    await expect(button(page, name)).toBeHidden();
  }
  await expect(heading(page, 'Write down your recovery code')).toBeHidden();
});
