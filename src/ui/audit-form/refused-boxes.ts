/**
 * The units of which a box shows what cannot be kept as it is. The box says why itself; it keeps nothing from being saved or left.
 * Whoever asks while drawing is drawn again when the answer changes.
 */
import { signal } from '@preact/signals';

export interface RefusedBoxes {
  set(unit: string, isRefused: boolean): void;
  has(unit: string): boolean;
  some(): boolean;
}

export function createRefusedBoxes(): RefusedBoxes {
  const units = signal<readonly string[]>([]);
  return {
    set(unit, isRefused) {
      const others = units.peek().filter((one) => one !== unit);
      units.value = isRefused ? [...others, unit] : others;
    },
    has: (unit) => units.value.includes(unit),
    some: () => units.value.length > 0,
  };
}
