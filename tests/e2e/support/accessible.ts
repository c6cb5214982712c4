/**
 * Looks at a screen as axe does, wide and as narrow as a phone, and collects what is wrong so that one run tells everything.
 * Narrow also means: nothing is wider than the screen (WCAG 1.4.10). Wherever there is a choice, its label stands beside its button.
 */
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const wide = { width: 1440, height: 900 };
const narrow = { width: 320, height: 640 };

export interface Inspector {
  /** Looks at what the page shows now. `name` says in the report which screen that was. */
  look(page: Page, name: string): Promise<void>;
  /** Fails with everything that was wrong, and when fewer than `least` screens were looked at. */
  expectNothingWrong(least: number): void;
}

export function newInspector(): Inspector {
  const wrong: string[] = [];
  const seen = new Set<string>();
  return {
    async look(page, name) {
      seen.add(name);
      for (const size of [wide, narrow]) {
        await page.setViewportSize(size);
        const where = `${name}, ${size.width} px`;
        wrong.push(...(await violations(page)).map((what) => `${where}: ${what}`));
        const width = await page.evaluate(() => document.documentElement.scrollWidth);
        for (const label of await labelsBelow(page)) wrong.push(`${where}: “${label}” is not beside what it names`);
        if (width > size.width) wrong.push(`${where}: ${width} px wide (${await tooWide(page)})`);
      }
      await page.setViewportSize(wide);
    },
    expectNothingWrong(least) {
      expect(wrong).toEqual([]);
      expect(seen.size).toBeGreaterThanOrEqual(least);
    },
  };
}

async function violations(page: Page): Promise<string[]> {
  // Legacy mode stays in this page: there are no frames, and no second tab to disturb the app.
  const { violations: found } = await new AxeBuilder({ page }).setLegacyMode().withTags(standards).analyze();
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary?.replace(/\s+/g, ' ')}`),
  );
}

/** Labels of choices that have slipped under their button. */
const labelsBelow = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLInputElement>('.govuk-radios__input, .govuk-checkboxes__input')].flatMap(
      (input) => {
        const label = input.labels?.[0];
        if (label === undefined || input.checkVisibility() === false) return [];
        return label.getBoundingClientRect().top < input.getBoundingClientRect().bottom ? [] : [label.innerText];
      },
    ),
  );

/** What sticks out, for the report. */
const tooWide = (page: Page): Promise<string> =>
  page.evaluate(() =>
    [...document.querySelectorAll('body *')]
      .filter((element) => element.getBoundingClientRect().right > innerWidth + 1)
      .map((element) => `${element.tagName.toLowerCase()}.${[...element.classList].join('.')}`)
      .slice(0, 5)
      .join(', '),
  );
