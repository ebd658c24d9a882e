import type { Source } from './source.ts';

/** The lines that `npm run user -- export` writes. The service reads them, and says what is wrong. */
export const latchkey: Source = {
  what: 'a file of users as npm run user -- export writes it',
  // It is also what an import without --from takes a file for.
  advice: 'Name what it is with --from.',
  formats: ['ndjson'],
  tables: [],
  lacks: (record) => (Object.hasOwn(record, 'email') ? undefined : 'its first line has no field email'),
  start: () => (record) => ({ line: record, oldId: typeof record['id'] === 'string' ? record['id'] : undefined }),
};
