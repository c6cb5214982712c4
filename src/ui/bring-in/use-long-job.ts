/** One long job at a time: what it is doing, how far it has come, and how to stop it. */
import { useRef, useState } from 'preact/hooks';
import { useAnnounce } from '../parts/announce.tsx';
import type { OnProgress } from '../../store/backup/bring-in.ts';

interface Running {
  readonly text: string;
  readonly share: number | null;
}

export interface LongJob {
  readonly running: Running | null;
  run<T>(text: string, work: (signal: AbortSignal, onProgress: OnProgress) => Promise<T>): Promise<T>;
  stop(): void;
}

/** A bar that moves more often than this says nothing more. */
const steps = 200;

export function useLongJob(): LongJob {
  const [running, setRunning] = useState<Running | null>(null);
  const announce = useAnnounce();
  const off = useRef<AbortController | null>(null);
  return {
    running,
    async run(text, work) {
      const mine = new AbortController();
      off.current = mine;
      let shown = -1;
      setRunning({ text, share: null });
      announce(text);
      try {
        return await work(mine.signal, (done, all) => {
          const step = Math.floor((done / all) * steps);
          if (step === shown) return;
          shown = step;
          setRunning({ text, share: Math.min(1, step / steps) });
        });
      } finally {
        setRunning(null);
      }
    },
    stop: () => off.current?.abort(),
  };
}
