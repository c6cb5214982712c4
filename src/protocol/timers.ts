/** Timers as they are passed in, so that tests run under fake time. */
export interface Timers {
  /** Runs `run` once after `ms`. Returns how to call it off. */
  after(ms: number, run: () => void): () => void;
}
