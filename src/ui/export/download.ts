/** Gives the browser a file to save. It is made here and goes nowhere else. */
import type { Laptop } from '../../bridge/laptop.ts';
import type { ExportNote } from '../../protocol/export.ts';

/** Long enough for the browser to have begun to save it. */
const keptMs = 60_000;

function downloadFile(name: string, parts: readonly string[], type = 'text/csv;charset=utf-8'): void {
  const url = URL.createObjectURL(new Blob([...parts], { type }));
  Object.assign(document.createElement('a'), { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), keptMs);
}

/** Gives the browser a file to save, and tells the server’s log that it was made. `type`: CSV where it does not say. */
export function exportFile(
  laptop: Laptop,
  name: string,
  parts: readonly string[],
  { type, ...about }: Omit<ExportNote, 'atMs'> & { readonly type?: string },
): void {
  downloadFile(name, parts, type);
  laptop.noteExport(about);
}
