import { displayWidth, printable } from './printable.ts';

/**
 * Makes the lines of a table that may go on. Its columns are as wide as their widest cell so far, and nothing is cut.
 * The last column is not padded, so long text belongs there.
 */
export function startTable(headings: string[]) {
  let widths = headings.map(() => 0);
  const format = (cells: string[]) =>
    cells.map((cell, index) => cell + ' '.repeat((widths[index] ?? 0) - displayWidth(cell))).join('  ');
  let isNew = true;

  return (rows: string[][]): string[] => {
    const cells = [...(isNew ? [headings] : []), ...rows].map((row) => row.map(printable));
    isNew = false;
    for (const row of cells) widths = widths.map((width, index) => Math.max(width, displayWidth(row[index] ?? '')));
    return cells.map((row) => format(row).trimEnd());
  };
}

/** The lines of a table with `rows`. */
export const table = (headings: string[], rows: string[][]): string[] => startTable(headings)(rows);

/** A line for each field, with its name. */
export const fieldLines = (fields: Record<string, string>): string[] =>
  table(['', ''], Object.entries(fields)).slice(1);

/** A moment of the service, to the second. The text itself, when it is none. */
export function moment(iso: string): string {
  const time = Date.parse(iso);
  return Number.isNaN(time) ? iso : `${new Date(time).toISOString().slice(0, 19).replace('T', ' ')}Z`;
}

/** `1 session`, `2 sessions`. */
export const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;
