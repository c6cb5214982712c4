/**
 * Locking: by itself after ten minutes without a key or pointer, and on Ctrl + Alt + L. What is on the screen and not
 * saved yet is put away first by whoever registered with `laptop.onBeforeLock`.
 *
 * Promises:
 *  - a minute before it locks by itself it says so, and any key or touch keeps it open (WCAG 2.2.1)
 *  - clocks decide, not the timer: one that the browser delays keeps nothing open, nor does setting the clock back. Half a
 *    minute of sleep locks by itself (`workers/sleep`); a visible page notices it too, in case that worker does not run
 *  - AltGr is not Ctrl + Alt: a letter typed with it never locks
 *  - while something cannot be saved, idleness asks again and again; it locks once that is saved
 */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Laptop } from '../../bridge/laptop.ts';
import { sleptMs } from '../../protocol/timers.ts';

export const idleMs = 10 * 60 * 1000;
/** How long before it locks it says so. */
export const warnMs = 60 * 1000;
const checkMs = 5_000;

/** Tells whether nobody has been there for `idleMs`, by the wall clock or by the time since the page was opened. */
export interface IdleWatch {
  touch(): void;
  isIdle(): boolean;
  /** Whether it will lock within `warnMs`, unless somebody is there. */
  isNearlyIdle(): boolean;
}

export function createIdleWatch(wallMs: () => number, steadyMs: () => number): IdleWatch {
  let last = { wall: wallMs(), steady: steadyMs() };
  const awayMs = (): number => Math.max(wallMs() - last.wall, steadyMs() - last.steady);
  return {
    touch: () => {
      last = { wall: wallMs(), steady: steadyMs() };
    },
    isIdle: () => awayMs() >= idleMs,
    isNearlyIdle: () => awayMs() >= idleMs - warnMs,
  };
}

/** Tells whether the computer slept between two looks at the clocks of a page. */
export interface SleepWatch {
  /** Looks: whether `sleptMs` or more have passed since the last look, by either clock, that no browser's delay explains. */
  hasSlept(isVisible: boolean): boolean;
  /** The page is about to be printed, or was: its timers stand still meanwhile. */
  printing(): void;
}

/** Timers of a hidden page, and of one that is printed, are late without any sleep: those gaps are left to the worker. */
export function createSleepWatch(wallMs: () => number, steadyMs: () => number): SleepWatch {
  let last = { wall: wallMs(), steady: steadyMs(), isExcused: false };
  return {
    hasSlept(isVisible) {
      const [wall, steady] = [wallMs(), steadyMs()];
      const gapMs = Math.max(wall - last.wall, steady - last.steady);
      const isSleep = gapMs >= sleptMs && !last.isExcused;
      last = { wall, steady, isExcused: !isVisible };
      return isSleep;
    },
    printing: () => {
      last.isExcused = true;
    },
  };
}

type KeyPress = Pick<KeyboardEvent, 'ctrlKey' | 'altKey' | 'code' | 'getModifierState'>;

/** Whether a key press asks to lock. */
export const isLockKey = (event: KeyPress): boolean =>
  event.ctrlKey && event.altKey && !event.getModifierState('AltGraph') && event.code === 'KeyL';

type Watched = Pick<Laptop, 'store' | 'touch' | 'onTouchElsewhere' | 'slept'>;

/** Whether the person asks to lock, or has not been there for `idleMs`. */
export type LockWhy = 'asked' | 'idle';

/**
 * Calls `onLock` once nobody has been at any tab of this laptop for `idleMs`, or on the lock key. Answers whether it is about
 * to.
 */
export function useIdleLock(laptop: Watched, onLock: (why: LockWhy) => void): boolean {
  const [isSoon, setSoon] = useState(false);
  const newest = useRef(onLock);
  newest.current = onLock;
  useEffect(() => {
    const idle = createIdleWatch(laptop.store.now, () => performance.now());
    const sleep = createSleepWatch(laptop.store.now, () => performance.now());
    const isVisible = (): boolean => document.visibilityState === 'visible';
    // A page that begins hidden may be late from the start.
    sleep.hasSlept(isVisible());
    const check = (): void => {
      if (sleep.hasSlept(isVisible())) laptop.slept();
      setSoon(idle.isNearlyIdle());
      if (idle.isIdle()) newest.current('idle');
    };
    const touched = (): void => {
      check();
      idle.touch();
      setSoon(false);
      laptop.touch();
    };
    const pressed = (event: KeyboardEvent): void => {
      touched();
      if (!isLockKey(event)) return;
      event.preventDefault();
      newest.current('asked');
    };
    const stop = new AbortController();
    const options = { capture: true, passive: true, signal: stop.signal } as const;
    const timer = setInterval(check, checkMs);
    const stopElsewhere = laptop.onTouchElsewhere(() => {
      idle.touch();
      setSoon(false);
    });
    window.addEventListener('keydown', pressed, { capture: true, signal: stop.signal });
    for (const type of ['pointerdown', 'pointermove', 'wheel'] as const)
      window.addEventListener(type, touched, options);
    for (const type of ['beforeprint', 'afterprint'])
      window.addEventListener(type, sleep.printing, { signal: stop.signal });
    document.addEventListener('visibilitychange', check, { signal: stop.signal });
    return () => {
      clearInterval(timer);
      stopElsewhere();
      stop.abort();
    };
  }, [laptop]);
  return isSoon;
}
