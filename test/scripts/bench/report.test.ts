import { describe, expect, it } from 'vitest';
import { barsOf, holds } from '../../../scripts/bench/compare/report/bars.ts';
import { drawChart } from '../../../scripts/bench/compare/report/chart.ts';
import { formatMarkdown } from '../../../scripts/bench/compare/report/report.ts';
import { formatTable } from '../../../scripts/bench/compare/report/table.ts';
import { results } from '../../../scripts/bench/compare/results.ts';
import { madeUpResults } from './made-up-results.ts';

const TAG = /<(\/?)([a-z]+)(?: [a-zA-Z:-]+="[^"<]*")*(\/?)>/g;

const bars = new Map(barsOf(madeUpResults).map((bar) => [bar.what, bar]));

describe('the bars of the bench', () => {
  it('hold when the ratio of the rounds is on the right side', () => {
    const held = [...bars.values()].filter(holds).map(({ what }) => what);
    expect(held).toEqual([
      "CPU of status, times the floor's",
      "CPU of refresh, times the floor's",
      "CPU of logout, times the floor's",
      "CPU of Better Auth's refresh, times ours",
      "requests a second of our refresh, times Better Auth's",
      "CPU of Better Auth's logout, times ours",
      "requests a second of our logout, times Better Auth's",
      "CPU of Better Auth's status, times ours",
      "requests a second of our status, times Better Auth's",
      "time in the isolate of Better Auth's status, times ours",
      "time in the isolate of Better Auth's refresh, times ours",
      "time in the isolate of Better Auth's logout, times ours",
      "first response, times Better Auth's",
      'kilobytes of the bundle, minified and gzipped',
    ]);
  });

  it('say what was measured', () => {
    expect(bars.get("CPU of verify, times the floor's")).toMatchObject({ measured: 1.5, limit: 1.4 });
    expect(bars.get('requests a second of verify, times those of one KV read of three keys')?.measured).toBeCloseTo(
      0.6,
    );
    expect(bars.get("CPU to the first response, times Better Auth's")?.measured).toBe(0.75);
  });

  it('do not hold when nothing was measured', () => {
    expect(holds({ what: '', measured: undefined, isAtLeast: false, limit: 1 })).toBe(false);
    expect(barsOf({ ...madeUpResults, loads: [], isolates: [] }).filter(holds)).toHaveLength(2);
  });
});

describe('the report of the bench', () => {
  it('has even columns, numbers to the right', () => {
    const table = { title: '', head: ['', 'ours'], rows: [['status', '1,300'], ['verify']] };
    expect(formatTable(table)).toBe(`|        |  ours |
| ------ | ----: |
| status | 1,300 |
| verify |       |`);
  });

  it('names the machine, the versions and the date', () => {
    expect(formatMarkdown(madeUpResults)).toContain(
      'Measured on 2026-11-26, on Made-up with 2 cores. Medians of 2 interleaved rounds of a quick run.\nworkerd 1.0.',
    );
  });

  it('is made again from the figures that were written', () => {
    const read = results.parse(JSON.parse(JSON.stringify(madeUpResults)));
    expect(formatMarkdown(read)).toBe(formatMarkdown(madeUpResults));
  });
});

describe('the chart of the bench', () => {
  const svg = drawChart(madeUpResults);

  it('is well-formed XML', () => {
    expect(svg.replaceAll(/<style>[^<]*<\/style>/g, '')).not.toMatch(/&(?!amp;|lt;|quot;)/);
    const open: string[] = [];
    const misplaced: string[] = [];
    for (const [, end, name = '', isEmpty] of svg.matchAll(TAG)) {
      if (end !== '/' && isEmpty !== '/') open.push(name);
      if (end === '/' && open.pop() !== name) misplaced.push(name);
    }
    expect([...open, ...misplaced]).toEqual([]);
    expect(svg.replaceAll(TAG, '')).not.toMatch(/[<>]/);
  });

  it('says in words what it shows', () => {
    expect(svg).toContain('aria-labelledby="title description"');
    expect(svg).toContain('status: floor 1,500, Latchkey 1,950, Better Auth 7,800');
  });

  it('is readable in the dark', () => {
    expect(svg).toContain('prefers-color-scheme:dark');
  });
});
