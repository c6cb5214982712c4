/**
 * When to look for news (protocol: Poke). While the server's events arrive, a poke means "pull now"; when nothing has
 * arrived for 45 seconds, polls every 30 to 60 seconds take their place until events arrive again. Silence, and a stream that
 * was heard and ends, is looked into within 5 seconds: the server has gone, or the sign-in has, or news was sent that never
 * came, and a laptop on a sound line is to be up to date within 90 seconds.
 *
 *   waiting --beat or poke--> hearing --45 s of silence, or closed--> polling --beat or poke--> hearing
 */
import type { StreamEvent } from './transport.ts';
import type { Timers } from '../../src/protocol/timers.ts';

export interface PokeDeps {
  readonly timers: Timers;
  readonly random: () => number;
  /** Opens the stream; returns how to close it. */
  readonly listen: (onEvent: (event: StreamEvent) => void) => () => void;
  /** There may be something new. */
  readonly onNews: () => void;
}

export const silenceMs = 45_000;
const shortestPollMs = 30_000;
/** Spread, so that a hundred laptops that lost the same server do not ask at once. */
const longestFirstMs = 5_000;

/** Listens until the returned function is called. */
export function listenForNews({ timers, random, listen, onNews }: PokeDeps): () => void {
  let hearing = false;
  let close = (): void => undefined;
  let cancelTimer = (): void => undefined;

  const onEvent = (event: StreamEvent) => {
    if (event === 'closed') return poll(hearing ? firstMs() : pollMs());
    // Pokes sent while nothing was heard are gone, so hearing again is news in itself.
    const missed = !hearing;
    hearing = true;
    rearm(silenceMs, startPolling);
    if (missed || event === 'poke') onNews();
  };
  const rearm = (ms: number, run: () => void) => {
    cancelTimer();
    cancelTimer = timers.after(ms, run);
  };
  const firstMs = () => longestFirstMs * random();
  const pollMs = () => shortestPollMs * (1 + random());
  const poll = (waitMs: number) => {
    hearing = false;
    close();
    rearm(waitMs, () => {
      onNews();
      poll(pollMs());
      close = listen(onEvent);
    });
  };
  const startPolling = () => poll(firstMs());

  close = listen(onEvent);
  rearm(silenceMs, startPolling);
  return () => {
    cancelTimer();
    close();
  };
}
