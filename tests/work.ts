/**
 * How much work something is, whatever the machine and whatever else runs on it: its processor time as a multiple of that of a
 * plain loop beside it. One unit is some 25 ms of a laptop's processor.
 */
export async function workOf(run: () => unknown): Promise<number> {
  const before = yardstick();
  const own = await processorMs(run);
  return own / Math.max(before, yardstick());
}

const steps = 2e7;

function yardstick(): number {
  let sum = 0;
  const began = process.cpuUsage();
  for (let step = 0; step < steps; step += 1) sum = (sum * 31 + step) | 0;
  const ms = processorMsSince(began);
  // The loop is not to be left out for want of a use.
  if (Number.isNaN(sum)) throw new Error('The yardstick is broken');
  return ms;
}

async function processorMs(run: () => unknown): Promise<number> {
  const began = process.cpuUsage();
  await run();
  return processorMsSince(began);
}

function processorMsSince(began: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1000;
}
