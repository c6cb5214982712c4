/** A stream of pokes, read as it comes. */
import { paths, unlockedHeader } from '../../src/protocol/sync.ts';
import type { Laptop } from './client.ts';

export interface Stream {
  readonly status: number;
  readonly type: string | null;
  /** Everything received so far. */
  readonly text: () => string;
  readonly ended: Promise<void>;
  readonly isOpen: () => boolean;
}

/** Opens the stream of pokes of somebody who is signed in, showing what the laptop shows. */
export async function listen({ browser, session, proof }: Laptop): Promise<Stream> {
  const url = `${paths.pokes}?authority=${session.authority}&person=${session.person}`;
  const headers = { cookie: browser.cookie ?? '', ...(proof === undefined ? {} : { [unlockedHeader]: proof }) };
  const reply = await fetch(new URL(url, browser.address), { headers });
  let [text, open] = ['', true];
  const read = async (): Promise<void> => {
    for await (const chunk of reply.body ?? []) text += Buffer.from(chunk as Uint8Array).toString();
  };
  const ended = read()
    .catch(() => undefined)
    .then(() => void (open = false));
  return { status: reply.status, type: reply.headers.get('content-type'), text: () => text, ended, isOpen: () => open };
}

/** Waits for a condition. */
export async function until(what: string, isTrue: () => boolean, limitMs = 20_000): Promise<void> {
  for (let waited = 0; !isTrue(); waited += 10) {
    if (waited > limitMs) throw new Error(`Waited in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

export const pokesIn = (stream: Stream): number => stream.text().split('event: poke').length - 1;
export const beatsIn = (stream: Stream): number => stream.text().split('event: beat').length - 1;
