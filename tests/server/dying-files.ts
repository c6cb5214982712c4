/**
 * A process that ends in the middle of what it does to files: from the chosen step on nothing more is done to any, whatever the
 * code tries. A file that was being written then is left half written.
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const steps = [
  'chmodSync',
  'copyFileSync',
  'fsyncSync',
  'linkSync',
  'mkdirSync',
  'renameSync',
  'rmSync',
  'writeFileSync',
] as const;

type Step = (...asked: unknown[]) => unknown;

/** Does `work` up to its step of this number, counted from 1; answers whether it died there. Fails as `work` does otherwise. */
export async function dyingAt(step: number, work: () => Promise<unknown>): Promise<boolean> {
  const files = fs as unknown as Record<string, Step>;
  const real = new Map(steps.map((name) => [name, files[name] as Step]));
  let done = 0;
  for (const [name, act] of real) {
    files[name] = (...asked) => {
      done += 1;
      if (done < step) return act(...asked);
      if (done === step && name === 'writeFileSync') {
        const bytes = Buffer.from(asked[1] as string);
        act(asked[0], bytes.subarray(0, bytes.length / 2), asked[2]);
      }
      throw new Error(`The process has ended before ${name}`);
    };
  }
  syncBuiltinESMExports();
  try {
    await work();
    return false;
  } catch (error) {
    if (done < step) throw error;
    return true;
  } finally {
    for (const [name, act] of real) files[name] = act;
    syncBuiltinESMExports();
  }
}
