import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { fillPage } from '../../../scripts/bench/costs/report.ts';

const table = { title: 'a', head: ['', 'one'], rows: [['login', '2']] };
const page = '# A\n\n## B\n\nText.\n\n| old |\n| --- |\n\n## C\n\n| kept |\n| ---- |\n';

it('replaces the table under a heading, and nothing else', () => {
  expect(fillPage(page, new Map([['## B', table]]))).toBe(
    '# A\n\n## B\n\nText.\n\n|       | one |\n| ----- | --: |\n| login |   2 |\n\n## C\n\n| kept |\n| ---- |\n',
  );
});

it('does not take the table of another heading', () => {
  expect(() => fillPage('## B\n\n## C\n\n| kept |\n', new Map([['## B', table]]))).toThrow('no table under ## B');
});

it('finds every heading in docs/reference/costs.md', () => {
  const headings = ['## What an operation asks of storage', '### Latchkey', '### Better Auth'];
  const all = [...headings, `### Latchkey's latency`, `### Better Auth's latency`];
  const tables = new Map(all.map((heading) => [heading, table]));
  expect(fillPage(readFileSync('docs/reference/costs.md', 'utf8'), tables)).not.toContain('introspect |');
});
