/**
 * Somebody who reads a suppressed table and works out what it does not tell. Knows every number that is told, which numbers
 * make up which, and that a row that is held back has at least one audit. A number is safe from them when the audits could
 * lie otherwise, with everything that is told as it is: another way is looked for, near the true one. Shares nothing with
 * `domain/board/suppress`.
 */

/** A number of a table: over which atoms it is a sum, and whether it is told. */
export interface Cell {
  readonly name: string;
  readonly atoms: readonly number[];
  readonly told: boolean;
  /** Known to be more than 0. */
  readonly some: boolean;
}

const valueOf = (truth: readonly number[], atoms: readonly number[]): number =>
  atoms.reduce((sum, atom) => sum + (truth[atom] ?? 0), 0);

/** The names of the numbers that are not told, are more than 0, and for which no other value was found. */
export function workedOut(truth: readonly number[], cells: readonly Cell[]): string[] {
  return cells
    .filter(({ told, atoms }) => !told && valueOf(truth, atoms) > 0)
    .filter((cell) => !couldBeAnother(truth, cells, cell))
    .map(({ name }) => name);
}

/** How far an atom may be from the truth. */
const reaches = [1, 2, 5];

function couldBeAnother(truth: readonly number[], cells: readonly Cell[], asked: Cell): boolean {
  const told = cells.filter((cell) => cell.told);
  const some = cells.filter((cell) => cell.some && !cell.told);
  return reaches.some((reach) =>
    Array.from({ length: reach }, (_, i) => i + 1).some(
      (by) => canMove(truth, told, some, asked, by, reach) || canMove(truth, told, some, asked, -by, reach),
    ),
  );
}

/** Whether the asked sum can change by so much while the told sums stay and no atom goes below 0. */
function canMove(
  truth: readonly number[],
  told: readonly Cell[],
  some: readonly Cell[],
  asked: Cell,
  by: number,
  reach: number,
): boolean {
  const sums = [asked, ...told];
  const left = sums.map((_, at) => (at === 0 ? by : 0));
  const open = sums.map(({ atoms }) => atoms.length);
  const of = truth.map((_, atom) => sums.flatMap(({ atoms }, at) => (atoms.includes(atom) ? [at] : [])));
  const order = [...truth.keys()].sort((a, b) => Number(asked.atoms.includes(b)) - Number(asked.atoms.includes(a)));
  const moved = truth.map(() => 0);
  const toTry = [0, ...Array.from({ length: reach }, (_, i) => [i + 1, -i - 1]).flat()];

  const place = (at: number): boolean => {
    const atom = order[at];
    if (atom === undefined) return some.every(({ atoms }) => valueOf(truth, atoms) + valueOf(moved, atoms) > 0);
    const mine = of[atom] ?? [];
    for (const delta of toTry) {
      if ((truth[atom] ?? 0) + delta < 0) continue;
      // With its last atom a sum has to come out.
      if (mine.some((sum) => open[sum] === 1 && left[sum] !== delta)) continue;
      if (mine.some((sum) => Math.abs((left[sum] ?? 0) - delta) > ((open[sum] ?? 0) - 1) * reach)) continue;
      for (const sum of mine) {
        left[sum] = (left[sum] ?? 0) - delta;
        open[sum] = (open[sum] ?? 0) - 1;
      }
      moved[atom] = delta;
      if (place(at + 1)) return true;
      moved[atom] = 0;
      for (const sum of mine) {
        left[sum] = (left[sum] ?? 0) + delta;
        open[sum] = (open[sum] ?? 0) + 1;
      }
    }
    return false;
  };
  return place(0);
}
