/** Gives the browser a file to save. It is made here and goes nowhere else. */

/** Long enough for the browser to have begun to save it. */
const keptMs = 60_000;

export function downloadFile(name: string, parts: readonly string[], type = 'text/csv;charset=utf-8'): void {
  const url = URL.createObjectURL(new Blob([...parts], { type }));
  Object.assign(document.createElement('a'), { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), keptMs);
}
