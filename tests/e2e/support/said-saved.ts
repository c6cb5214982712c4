/**
 * A witness in the page: writes down what the form shows whenever it says "Saved on this laptop", as it is painted. What it
 * saw is told outside the browser at once, so that it outlives a browser that is killed.
 */
import type { Page } from '@playwright/test';

/** One section as it stood on the screen while the screen said that it is saved. */
export interface Seen {
  readonly section: string;
  readonly grade: string | null;
  readonly evidence: string;
  readonly rationale: string;
  /** How many grade keys had been pressed in this page by then. */
  readonly gradeKeys: number;
  /** When it was seen, and since when this section has been in front. */
  readonly atMs: number;
  readonly sinceMs: number;
}

/** Tells `onSeen` of each new sight, in order. Call before the page loads. */
export async function witness(page: Page, onSeen: (seen: Seen) => void): Promise<void> {
  await page.exposeBinding('saidSaved', (_source, seen: Seen) => onSeen(seen));
  await page.addInitScript(watchForm);
}

/** Runs in the page: looks after every change of the document, and before every painting of it. */
function watchForm(): void {
  let [last, gradeKeys, front, sinceMs] = ['', 0, '', 0];
  const look = (): void => {
    const text = (field: string) => document.querySelector<HTMLTextAreaElement>(`.app-place textarea[id$="-${field}"]`);
    const [evidence, rationale] = [text('evidence'), text('rationale')];
    if (evidence === null || rationale === null) return;
    if (front !== evidence.id) [front, sinceMs] = [evidence.id, Date.now()];
    if (document.querySelector('.app-save-line')?.textContent !== 'Saved on this laptop') return;
    const section = evidence.id.slice('section-'.length, -'-evidence'.length);
    const grade = document.querySelector<HTMLInputElement>('.app-grades input:checked')?.value ?? null;
    const seen = { section, grade, evidence: evidence.value, rationale: rationale.value, gradeKeys };
    const now = JSON.stringify(seen);
    if (now === last) return;
    last = now;
    (window as unknown as { saidSaved(seen: object): void }).saidSaved({ ...seen, atMs: Date.now(), sinceMs });
  };
  const everyFrame = (): void => {
    look();
    requestAnimationFrame(everyFrame);
  };
  addEventListener('keydown', ({ key }) => void (gradeKeys += /^[1-4]$/.test(key) ? 1 : 0), { capture: true });
  document.addEventListener('DOMContentLoaded', () => {
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
    everyFrame();
  });
}
