import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { drawChart } from '../compare/report/chart.ts';
import { formatMarkdown } from '../compare/report/report.ts';
import type { Results } from '../compare/results.ts';
import type { CpuTimes } from '../costs/cpu-times.ts';
import { type CostTables, fillPage, placementTables } from '../costs/report.ts';

const DOCS = join(import.meta.dirname, '..', '..', '..', 'docs');

/** How long a line of a page may be. */
const WIDTH = 120;

/** Writes the figures of `results` into docs/reference/performance.md, and draws its chart. */
export function writePerformancePage(results: Results): void {
  rewrite('reference/performance.md', (page) => fillPerformance(page, results));
  rewrite('reference/performance.svg', () => drawChart(results));
}

/**
 * Writes `tables`, and which run their CPU times are from, into docs/reference/costs.md and docs/concepts/databases.md.
 */
export function writeCostPages(tables: CostTables, cpu: CpuTimes): void {
  rewrite('reference/costs.md', (page) => nameRun(fillPage(page, tables), cpu));
  rewrite('concepts/databases.md', (page) => fillPage(page, placementTables(tables)));
}

/** `page` with its figures, which begin with "Measured on" and end before the next section, replaced by `results`. */
export function fillPerformance(page: string, results: Results): string {
  return replace(page, /^Measured on [^]*?(?=\n## |(?![^]))/m, `${formatMarkdown(results)}\n`);
}

/** `page` with the paragraph that says which run the CPU times are from. */
export function nameRun(page: string, { from }: CpuTimes): string {
  return replace(page, /^The CPU times are from [^]*?(?=\n\n)/m, wrap(`The CPU times are from ${from}.`));
}

function replace(page: string, place: RegExp, text: string): string {
  if (!place.test(page)) throw new TypeError(`the page has no place for ${text.slice(0, 20)}`);
  return page.replace(place, () => text);
}

/** `text` in lines that end before a word. */
function wrap(text: string): string {
  return text.replaceAll(new RegExp(`(.{1,${WIDTH}})(?: |$)`, 'g'), '$1\n').trimEnd();
}

function rewrite(page: string, change: (text: string) => string): void {
  const file = join(DOCS, page);
  writeFileSync(file, change(readFileSync(file, 'utf8')));
}
