import type { Results } from '../results.ts';
import { isolateValues, loadValues, middle, type Quantity, ratio } from './figures.ts';
import type { Name } from '../contestants.ts';
import { format, type Table } from './table.ts';

/** How many parts of the bundle are listed. */
const LISTED = 8;

/** All tables of the results. */
export function tablesOf(results: Results): Table[] {
  return [
    cpuTable(results, 16),
    cpuTable(results, 1),
    isolateTable(results),
    speedTable(results, 16),
    speedTable(results, 1),
    startTable(results),
    bundleTable(results),
    partTable(results),
  ];
}

/** The tasks that were measured with `atOnce` clients. */
const tasksOf = ({ loads }: Results, atOnce: number) =>
  loads.filter((load) => load.atOnce === atOnce).map(({ name }) => name);

function cpuTable(results: Results, atOnce: number): Table {
  const valuesOf = (task: string) => (name: Name) =>
    loadValues(results, { task, atOnce, name, quantity: 'cpuMicroseconds' });
  return compare(
    `CPU microseconds a request of the workerd process, ${atOnce} at once`,
    tasksOf(results, atOnce).map((task) => ({ task, valuesOf: valuesOf(task) })),
  );
}

function isolateTable(results: Results): Table {
  return compare(
    'Microseconds a request in the isolate of the Worker, 16 at once',
    results.isolates.map(({ name: task }) => ({ task, valuesOf: (name) => isolateValues(results, task, name) })),
  );
}

function compare(title: string, tasks: { task: string; valuesOf: (name: Name) => number[] }[]): Table {
  return {
    title,
    head: ['', 'Latchkey', 'floor', 'ours / floor', 'Better Auth', 'theirs / ours', 'theirs / floor'],
    rows: tasks.map(({ task, valuesOf }) => {
      const [ours, floor, theirs] = [valuesOf('latchkey'), valuesOf('floor'), valuesOf('better-auth')];
      return [
        task,
        format(middle(ours)),
        format(middle(floor)),
        format(ratio(ours, floor), 2),
        format(middle(theirs)),
        format(ratio(theirs, ours), 2),
        format(ratio(theirs, floor), 2),
      ];
    }),
  };
}

function speedTable(results: Results, atOnce: number): Table {
  const cell = (task: string, name: Name, quantity: Quantity, digits: number) =>
    format(middle(loadValues(results, { task, atOnce, name, quantity })), digits);
  const cells = (task: string, name: Name) => {
    const times = [cell(task, name, 'p50Ms', 1), cell(task, name, 'p95Ms', 1)];
    return [cell(task, name, 'perSecond', 0), times[0] === '' ? '' : times.join(' / ')];
  };
  return {
    title: `Requests a second, and milliseconds of the median and of 95 % of the requests, ${atOnce} at once`,
    head: ['', 'Latchkey', 'p50 / p95', 'floor', 'p50 / p95', 'Better Auth', 'p50 / p95'],
    rows: tasksOf(results, atOnce).map((task) => [
      task,
      ...cells(task, 'latchkey'),
      ...cells(task, 'floor'),
      ...cells(task, 'better-auth'),
    ]),
  };
}

function startTable({ starts: { cpuMs, answerMs } }: Results): Table {
  const row = (what: string, { latchkey = [], floor = [], 'better-auth': theirs = [] }: Starts, digits: number) => [
    what,
    format(middle(latchkey), digits),
    format(middle(floor), digits),
    format(middle(theirs), digits),
    format(ratio(theirs, latchkey), 2),
  ];
  const above = (values: number[] = []) => values.map((value, round) => value - (cpuMs.floor?.[round] ?? Number.NaN));
  const aboveFloor = { latchkey: above(cpuMs.latchkey), 'better-auth': above(cpuMs['better-auth']) };
  return {
    title: 'A fresh workerd, in milliseconds',
    head: ['', 'Latchkey', 'floor', 'Better Auth', 'theirs / ours'],
    rows: [
      row('CPU to the first response', cpuMs, 0),
      row('CPU above the floor, of each round', aboveFloor, 0),
      row('first response', answerMs, 1),
    ],
  };
}

type Starts = Results['starts']['cpuMs'];

function bundleTable({ bundles: { bytes, gzippedBytes } }: Results): Table {
  const kilobytes = (count: number | undefined) => format(count === undefined ? undefined : count / 1000);
  return {
    title: 'The bundle, in kilobytes',
    head: ['', 'Latchkey', 'floor', 'Better Auth'],
    rows: [
      ['minified', ...[bytes.latchkey, bytes.floor, bytes['better-auth']].map(kilobytes)],
      ['and gzipped', ...[gzippedBytes.latchkey, gzippedBytes.floor, gzippedBytes['better-auth']].map(kilobytes)],
    ],
  };
}

function partTable({ bundles: { parts } }: Results): Table {
  return {
    title: 'The largest parts of our bundle, in kilobytes before gzip',
    head: ['', 'kilobytes'],
    rows: parts.slice(0, LISTED).map(({ name, bytes }) => [name, format(bytes / 1000)]),
  };
}
