/** The time to write into records: this laptop's clock, corrected by what the server said of it. */
import type { Laptop } from '../../bridge/laptop.ts';
import type { Day } from '../../domain/values.ts';
import { dayAt } from '../format.ts';

export const nowMs = ({ store, sync }: Laptop): number => store.now() + (sync.state.value.clockOffsetMs ?? 0);

/** Today in London. */
export const today = (laptop: Laptop): Day => dayAt(nowMs(laptop));
