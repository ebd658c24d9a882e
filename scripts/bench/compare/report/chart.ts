import type { Name } from '../contestants.ts';
import type { Results } from '../results.ts';
import { loadValues, middle } from './figures.ts';
import { format } from './table.ts';

const AT_ONCE = 16;

/** In pixels. */
const [WIDTH, LEFT, TOP, BAR, GAP] = [760, 150, 64, 13, 14];
const LONGEST = WIDTH - LEFT - 70;

const series: { name: Name; label: string }[] = [
  { name: 'floor', label: 'floor' },
  { name: 'latchkey', label: 'Latchkey' },
  { name: 'better-auth', label: 'Better Auth' },
];

/** Mid-tones that keep their distance on white and on black. Text takes the color that the reader's theme asks for. */
const STYLE = `text{font:13px system-ui,sans-serif;fill:#1f2328}.value{font-size:11px}
.floor{fill:#8c959f}.latchkey{fill:#2f81f7}.better-auth{fill:#d4772c}
@media(prefers-color-scheme:dark){text{fill:#e6edf3}}`;

/** An SVG of the CPU time a request of each operation, floor, service and Better Auth, without the password hash. */
export function drawChart(results: Results): string {
  const rows = results.isolates
    .map(({ name }) => name)
    .filter((name) => name !== 'kv')
    .map((name) => ({ name, values: series.map((each) => ({ ...each, value: valueOf(results, name, each.name) })) }));
  const most = Math.max(1, ...rows.flatMap(({ values }) => values.map(({ value }) => value ?? 0)));
  const height = TOP + rows.length * rowHeight + 8;
  const title = 'CPU microseconds a request of the workerd process';
  const description = rows.map(({ name, values }) => `${name}: ${values.flatMap(describe).join(', ')}`).join('; ');
  const size = `width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img" aria-labelledby="title description">
<title id="title">${escape(title)}</title>
<desc id="description">${escape(description)}.</desc>
<style>${STYLE}</style>
<text x="8" y="22">${escape(`${title}, ${AT_ONCE} at once, local D1 and KV included`)}</text>
${series.map(drawKey).join('\n')}
${rows.map((row, i) => drawRow(row, TOP + i * rowHeight, most)).join('\n')}
</svg>
`;
}

const rowHeight = series.length * BAR + GAP;

type Row = { name: string; values: { name: Name; label: string; value: number | undefined }[] };

function drawRow({ name, values }: Row, top: number, most: number): string {
  const bars = values.map(({ name: kind, value }, i) => {
    if (value === undefined) return '';
    const y = top + i * BAR;
    const width = Math.round((value / most) * LONGEST);
    const bar = `<rect class="${kind}" x="${LEFT}" y="${y}" width="${width}" height="${BAR - 2}"/>`;
    return `${bar}<text class="value" x="${LEFT + width + 5}" y="${y + 10}">${format(value)}</text>`;
  });
  return `<text x="8" y="${top + 24}">${escape(name)}</text>${bars.join('')}`;
}

function drawKey({ name, label }: (typeof series)[number], i: number): string {
  const x = LEFT + i * 110;
  const key = `<rect class="${name}" x="${x}" y="36" width="11" height="11"/>`;
  return `${key}<text x="${x + 17}" y="46">${escape(label)}</text>`;
}

const valueOf = (results: Results, task: string, name: Name) =>
  middle(loadValues(results, { task, atOnce: AT_ONCE, name, quantity: 'cpuMicroseconds' }));

const describe = ({ label, value }: Row['values'][number]) =>
  value === undefined ? [] : [`${label} ${format(value)}`];

const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
