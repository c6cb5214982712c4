/** Points at something on the screen, also when it comes later or is drawn again. Changes nothing but how it looks. */

const attribute = 'data-pointed-at';

/** Points at the first thing that one of `selectors` finds. Returns how to stop. */
export function point(selectors: readonly string[]): () => void {
  let at: Element | null = null;
  const look = (): void => {
    const found = selectors.map((one) => document.querySelector(one)).find((one) => one !== null) ?? null;
    if (found === at) return;
    at?.removeAttribute(attribute);
    found?.setAttribute(attribute, '');
    at = found;
  };
  const observer = new MutationObserver(look);
  observer.observe(document.body, { childList: true, subtree: true });
  look();
  return () => {
    observer.disconnect();
    at?.removeAttribute(attribute);
  };
}
