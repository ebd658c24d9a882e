import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { drawChart } from '../../../scripts/bench/compare/report/chart.ts';
import { readFigures } from '../../../scripts/bench/documented/figures.ts';
import { fillPerformance } from '../../../scripts/bench/documented/pages.ts';
import { madeUpResults } from './made-up-results.ts';

const page = readFileSync('docs/reference/performance.md', 'utf8');

it('is one run that docs/reference/performance.md and the costs are about', () => {
  expect(fillPerformance(page, readFigures())).toBe(page);
});

it('is the same run in the chart', () => {
  expect(readFileSync('docs/reference/performance.svg', 'utf8')).toBe(drawChart(readFigures()));
});

it('replaces the figures of the page, and nothing else', () => {
  const filled = fillPerformance(
    '# A\n\nText.\n\nMeasured on a day.\n\n### B\n\n## C\n\nMeasured twice.\n',
    madeUpResults,
  );
  expect(filled).toMatch(/^# A\n\nText\.\n\nMeasured on 2026-11-26[^]*\| +holds \|\n\n## C\n\nMeasured twice\.\n$/);
  expect(() => fillPerformance('# A\n', madeUpResults)).toThrow('no place');
});
