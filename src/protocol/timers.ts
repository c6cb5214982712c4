/** Timers as they are passed in, so that tests run under fake time. */
export interface Timers {
  /** Runs `run` once after `ms`. Returns how to call it off. */
  after(ms: number, run: () => void): () => void;
}

/** A gap this long between two looks at a clock, planned seconds apart, is no busy computer any more: it slept. */
export const sleptMs = 30_000;
