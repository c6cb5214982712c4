/** Gives the browser a file to save. It is made here and goes nowhere else. */
import type { Laptop } from '../../bridge/laptop.ts';
import type { ExportNote } from '../../protocol/export.ts';

/** Long enough for the browser to have begun to save it. */
const keptMs = 60_000;

export function downloadFile(name: string, parts: readonly string[], type = 'text/csv;charset=utf-8'): void {
  const url = URL.createObjectURL(new Blob([...parts], { type }));
  Object.assign(document.createElement('a'), { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), keptMs);
}

/** The same, and the server’s log is told that it was made. */
export function exportFile(
  laptop: Laptop,
  name: string,
  parts: readonly string[],
  about: Omit<ExportNote, 'atMs'>,
): void {
  downloadFile(name, parts);
  laptop.noteExport(about);
}
