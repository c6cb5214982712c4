/** Entry of the sleep worker: gives `sleep/watch` its clocks and timer, and tells the page, which has nothing to tell it. */
import { watchSleep } from './sleep/watch.ts';

watchSleep({
  wallMs: () => Date.now(),
  steadyMs: () => performance.now(),
  after: (ms, run) => void setTimeout(run, ms),
  onSlept: () => postMessage('slept'),
});
