/**
 * The boxes that show what cannot be kept as it is, by unit. Each says why itself, and keeps nothing from being saved or left.
 * Whoever asks while drawing is drawn again when the answer changes.
 */
import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

export interface RefusedBoxes {
  set(unit: string, box: string, isRefused: boolean): void;
  has(unit: string): boolean;
  some(): boolean;
}

interface RefusedBox {
  readonly unit: string;
  readonly box: string;
}

export function createRefusedBoxes(): RefusedBoxes {
  const boxes = signal<readonly RefusedBox[]>([]);
  return {
    set(unit, box, isRefused) {
      const others = boxes.peek().filter((one) => one.unit !== unit || one.box !== box);
      boxes.value = isRefused ? [...others, { unit, box }] : others;
    },
    has: (unit) => boxes.value.some((one) => one.unit === unit),
    some: () => boxes.value.length > 0,
  };
}

/** For as long as the box is on the screen. */
export function useRefused(boxes: RefusedBoxes, unit: string, box: string, isRefused: boolean): void {
  useEffect(() => {
    boxes.set(unit, box, isRefused);
    return () => boxes.set(unit, box, false);
  }, [boxes, unit, box, isRefused]);
}
