/** A second witness in the page: each state of a text as it is typed, told outside the browser at once, with when it was. */
import type { Page } from '@playwright/test';
import type { Seen } from './said-saved.ts';

export interface Typed {
  readonly section: string;
  readonly field: 'evidence' | 'rationale';
  readonly text: string;
  readonly atMs: number;
}

/** Tells `onTyped` of each keystroke, in order. Call before the page loads. */
export async function watchTyping(page: Page, onTyped: (typed: Typed) => void): Promise<void> {
  await page.exposeBinding('typedSomething', (_source, typed: Typed) => onTyped(typed));
  await page.addInitScript(() => {
    const tell = ({ target }: Event): void => {
      const found =
        target instanceof HTMLTextAreaElement ? /^section-(.*)-(evidence|rationale)$/.exec(target.id) : null;
      if (found === null) return;
      const [, section, field] = found;
      const typed = { section, field, text: (target as HTMLTextAreaElement).value, atMs: Date.now() };
      (window as unknown as { typedSomething(typed: object): void }).typedSomething(typed);
    };
    addEventListener('input', tell, { capture: true });
  });
}

/**
 * For how long before `killedMs` something had been typed that is not in what was found, in milliseconds; 0 when all of it is
 * there. Text is only ever added to.
 */
export function missingMs(found: readonly Seen[], typed: readonly Typed[], killedMs: number): number {
  const missing = typed.filter(({ section, field, text }) => {
    const there = found.find((one) => one.section === section);
    return there !== undefined && !there[field].startsWith(text);
  });
  return Math.max(0, ...missing.map(({ atMs }) => killedMs - atMs));
}

/** How much longer than `dueMs` after its last key a text was said to be saved, at most: the machine's own slowness. */
export function latestSaveMs(said: readonly Seen[], typed: readonly Typed[], dueMs: number): number {
  const waits = typed.flatMap(({ section, field, text, atMs }) => {
    const first = said.find((seen) => seen.section === section && seen[field] === text && seen.atMs >= atMs);
    // What is in front again after a while was saved in the meantime.
    return text !== '' && first !== undefined && first.sinceMs <= atMs ? [first.atMs - atMs] : [];
  });
  return Math.max(0, ...waits.map((ms) => ms - dueMs));
}
