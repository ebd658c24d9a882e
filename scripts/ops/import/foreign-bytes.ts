/** The beginnings of files that are taken for a dump. */
const KINDS: [start: string, words: string][] = [
  ['SQLite format 3\0', 'a SQLite database. Make a dump of it first: sqlite3 DATABASE .dump > FILE'],
  ['PGDMP', 'a dump in the custom format of PostgreSQL. Make it plain SQL first: pg_restore -f FILE DUMP'],
  ['\u001f\u008b', 'compressed. Unpack it first: gunzip FILE.gz'],
  ['PK\u0003\u0004', 'a ZIP archive or a spreadsheet. Unpack it, or save it as CSV, first.'],
  ['\u00ff\u00fe', 'UTF-16. Save it as UTF-8 first, for example with iconv.'],
  ['\u00fe\u00ff', 'UTF-16. Save it as UTF-8 first, for example with iconv.'],
];

/** What a file that begins with `bytes` is, and what to do, when it is no UTF-8 text. Ends a sentence. */
export function foreignBytes(bytes: Buffer): string | undefined {
  const start = bytes.toString('latin1', 0, 16);
  const known = KINDS.find(([beginning]) => start.startsWith(beginning));
  if (known !== undefined) return known[1];
  return bytes.includes(0) ? 'no UTF-8 text: it holds NUL bytes. If it is UTF-16, save it as UTF-8 first.' : undefined;
}
