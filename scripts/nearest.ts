/** The one of `names` that `word` is a misspelling of; `undefined` when it is near none. */
export function findNearest(word: string, names: string[]): string | undefined {
  const near = names.map((name) => ({ name, distance: distanceOf(word.slice(0, 100), name) }));
  const [nearest] = near.toSorted((one, other) => one.distance - other.distance);
  return nearest !== undefined && nearest.distance <= Math.min(2, nearest.name.length / 3) ? nearest.name : undefined;
}

/**
 * How many characters must be put in, taken out, replaced or swapped with the next to make `other` of `one` (optimal string
 * alignment).
 */
function distanceOf(one: string, other: string): number {
  let above: number[] = [];
  let line = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row += 1) {
    const beforeThat = above;
    above = line;
    line = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const at = (numbers: number[], back: number) => numbers[column - back] ?? Infinity;
      const isSame = one[row - 1] === other[column - 1];
      const isSwapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      const swapped = isSwapped ? at(beforeThat, 2) + 1 : Infinity;
      line.push(Math.min(at(above, 1) + (isSame ? 0 : 1), at(above, 0) + 1, at(line, 1) + 1, swapped));
    }
  }
  return line[other.length] ?? Infinity;
}
