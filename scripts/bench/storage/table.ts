import { operations } from '../compare/operations.ts';
import type { Table } from '../compare/report/table.ts';
import type { MeasuredUse } from './measure.ts';
import { countStorage, type StorageCounts } from './use.ts';

const columns: { head: string; cell: (counts: StorageCounts) => string }[] = [
  { head: 'trips', cell: ({ trips }) => String(trips) },
  { head: 'statements', cell: ({ statements }) => String(statements) },
  { head: 'rows read', cell: ({ rowsRead }) => String(rowsRead) },
  { head: 'rows written', cell: ({ rowsWritten }) => String(rowsWritten) },
  { head: 'KV reads (keys)', cell: ({ kvReads, kvKeys }) => (kvReads === 0 ? '0' : `${kvReads} (${kvKeys})`) },
  { head: 'KV writes', cell: ({ kvWrites }) => String(kvWrites) },
];

/** What each operation asks of storage: Latchkey / Better Auth where it has the operation. */
export function storageTable(latchkey: MeasuredUse, betterAuth: MeasuredUse): Table {
  const cells = (use: MeasuredUse[keyof MeasuredUse]) => {
    const counts = use === undefined ? undefined : countStorage(use);
    return columns.map(({ cell }) => (counts === undefined ? '–' : cell(counts)));
  };
  const rows = operations.map((operation) => {
    const theirs = cells(betterAuth[operation]);
    return [operation, ...cells(latchkey[operation]).map((ours, column) => `${ours} / ${theirs[column]}`)];
  });
  const title = 'What an operation asks of D1 and KV, Latchkey / Better Auth';
  return { title, head: ['', ...columns.map(({ head }) => head)], rows };
}
