/** The planted bugs by name. */
import type { Plant } from '../plant.ts';

export const plants: readonly Plant[] = [];

/** null for the product as it is. */
export function plantNamed(name: string | null): Plant | null {
  if (name === null) return null;
  const plant = plants.find((each) => each.name === name);
  if (plant === undefined) throw new Error(`No bug is planted under the name ${name}`);
  return plant;
}
