/** A table of texts. The first column is aligned to the left, the others to the right. */
export type Table = { title: string; head: string[]; rows: string[][] };

/** `table` as Markdown with even columns, which also reads well on a terminal. */
export function formatTable({ head, rows }: Table): string {
  const widths = head.map((_, column) => Math.max(3, ...[head, ...rows].map((row) => row[column]?.length ?? 0)));
  const pad = (cell: string, i: number, width: number) => (i === 0 ? cell.padEnd(width) : cell.padStart(width));
  const line = (row: string[]) => `| ${widths.map((width, i) => pad(row[i] ?? '', i, width)).join(' | ')} |`;
  const rule = widths.map((width, i) => (i === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
  return [line(head), `| ${rule.join(' | ')} |`, ...rows.map(line)].join('\n');
}

/** A number as people read it: whole with thousands, or `digits` after the point. Empty when there is none. */
export function format(value: number | undefined, digits = 0): string {
  if (value === undefined || Number.isNaN(value)) return '';
  return value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}
