import type { Results } from '../results.ts';
import { barsOf, barTable } from './bars.ts';
import { formatTable } from './table.ts';
import { tablesOf } from './tables.ts';

/** The results for a terminal: the machine, all tables, and the bars. */
export function formatReport(results: Results): string {
  const tables = [...tablesOf(results), barTable(barsOf(results))];
  return [aboutOf(results), ...tables.map((table) => `${table.title}\n\n${formatTable(table)}`)].join('\n\n');
}

/** The results for the documentation, from the first table to the bars, without a heading of the first level. */
export function formatMarkdown(results: Results): string {
  const tables = [...tablesOf(results), barTable(barsOf(results))];
  return [aboutOf(results), ...tables.map((table) => `### ${table.title}\n\n${formatTable(table)}`)].join('\n\n');
}

function aboutOf({ about: { date, processor, cores, versions, isQuick, rounds } }: Results): string {
  const named = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  const medians = `Medians of ${rounds} interleaved rounds${isQuick ? ' of a quick run' : ''}.`;
  return `Measured on ${date}, on ${processor} with ${cores} cores. ${medians}
${named.join(', ')}. Rate limits are off on both sides.
A ratio is the median of the ratios of the rounds, and not the quotient of the two medians beside it. The KDF is the
password hash.`;
}
