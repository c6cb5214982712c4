/** Whether keys go into a text, and how to leave it without losing one's place on the page. */

const notText: ReadonlySet<string> = new Set([
  'radio',
  'checkbox',
  'button',
  'submit',
  'reset',
  'range',
  'color',
  'file',
]);

/** Text, date and number inputs, text areas and lists: where a letter belongs to the field. */
export function isTextField(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return !notText.has(target.type);
  return (
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    (target instanceof HTMLElement && target.isContentEditable)
  );
}

/** Puts the focus on the heading of the place, which is the same place for a reader and no text field. */
export const leaveText = (headingId: string): void =>
  document.getElementById(headingId)?.focus({ preventScroll: true });
