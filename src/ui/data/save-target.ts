/**
 * Where a file that is made here goes: onto a disk of the person's choice, written as it is made, where the browser offers
 * that; else it is kept by the browser and saved by a link once it is whole.
 */

export interface SaveTarget {
  put(bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  /** The file is whole. Answers its address where it has still to be saved by a link, else null. */
  finish(): Promise<string | null>;
  /** Nothing is left of it. */
  discard(): Promise<void>;
}

interface PickerWindow {
  readonly showSaveFilePicker?: (options: { readonly suggestedName: string }) => Promise<FileSystemFileHandle>;
}

/** Asks where to save `name`; null when the person turns back. Must be called while handling what they pressed. */
export async function openSaveTarget(name: string): Promise<SaveTarget | null> {
  const picker = (window as PickerWindow).showSaveFilePicker;
  if (picker === undefined) return keptByBrowser();
  try {
    return await onDisk(await picker.call(window, { suggestedName: name }));
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return null;
    // A policy, or a place that cannot be written to: the link always works.
    return keptByBrowser();
  }
}

async function onDisk(handle: FileSystemFileHandle): Promise<SaveTarget> {
  const file = await handle.createWritable();
  return {
    put: (bytes) => file.write(bytes),
    async finish() {
      await file.close();
      return null;
    },
    discard: () => file.abort(),
  };
}

function keptByBrowser(): SaveTarget {
  let parts: Blob[] = [];
  return {
    // A blob's bytes are the browser's to keep, on disk when there are many: they do not fill the page's memory.
    async put(bytes) {
      parts.push(new Blob([bytes]));
    },
    async finish() {
      return URL.createObjectURL(new Blob(parts, { type: 'application/octet-stream' }));
    },
    async discard() {
      parts = [];
    },
  };
}
