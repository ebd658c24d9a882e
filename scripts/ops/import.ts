// npm run import: brings users of another system along, with the hashes of their passwords.
import { setTimeout as sleep } from 'node:timers/promises';
import { type Command, Failure, parseCommandLine, UsageError } from '../command.ts';
import { operate } from './admin/operate.ts';
import { startIdsFile } from './import/ids-file.ts';
import { importUsers } from './import/import-users.ts';
import { startPrinter } from './import/printer.ts';
import { startProgress } from './import/progress.ts';
import { openUsers } from './import/read-users.ts';
import { findSource } from './import/sources/find-source.ts';
import { sources } from './import/sources/sources.ts';
import { startStop } from './import/stop.ts';
import { summaryOf } from './import/tally.ts';

const AGAIN = 'Run the same command again: it goes on, and changes nothing of what is done.';

export const command: Command = {
  usage: `npm run import -- FILE... [--from ${Object.keys(sources).join('|')}]
                     [--dry-run] [--ids FILE] [--reset-unsupported] [--url URL] [--secrets-file FILE] [--issuer URL]

Takes users with the hashes of their passwords, which go on working. Prints why a row is not taken, by its place in the file.
  --from latchkey     NDJSON, as npm run user -- export writes it; the default
  --from flask        the table users of the tutorial: CSV, or a dump in SQL; times without a zone are UTC
  --from django       dumpdata of the users: JSON or JSONL
  --from supabase     the table auth.users: CSV, or a dump in SQL
  --from firebase     auth:export: JSON
  --from better-auth  the tables user and account: a dump in SQL, two files of CSV, or JSON {"user":[…],"account":[…]}
  --dry-run           writes nothing, and says what it would do
  --ids FILE          writes a CSV of old_id,user_id, by which to move foreign keys
  --reset-unsupported takes users whose hash cannot be verified without a password: they reset it
The other options are those of npm run user, whose --help explains them. A second run goes on where the first stopped.
The exit code is 0 when all were taken, 1 when some were not or it could not go on,
2 for wrong arguments or a wrong file.`,

  run: async (args) => {
    const { values, positionals: files } = parseCommandLine(args, {
      from: { type: 'string', default: 'latchkey' },
      'dry-run': { type: 'boolean', default: false },
      ids: { type: 'string' },
      'reset-unsupported': { type: 'boolean', default: false },
      url: { type: 'string' },
      issuer: { type: 'string' },
      'secrets-file': { type: 'string' },
    });
    if (files.length === 0) throw new UsageError('Name the file with the users.');
    const source = findSource(values.from);
    const isDry = values['dry-run'];
    if (isDry && values.ids !== undefined) throw new UsageError('--ids takes no --dry-run, which makes no ids.');
    const progress = startProgress();
    const { rows, bytes } = await openUsers(files, source, progress.onBytes);
    progress.setTotal(bytes);

    return operate(values, async (admin, describe, origin) => {
      const writeIds = values.ids === undefined ? () => {} : startIdsFile(values.ids);
      const { print, tell } = startPrinter(() => progress.clear());
      tell(`The service is ${origin}.`);
      const stop = startStop(tell);
      const { tally, error, hasAnswered } = await importUsers(admin, rows, {
        isDry,
        resetUnsupported: values['reset-unsupported'],
        wait: (seconds) => sleep(seconds * 1000, undefined, { signal: stop.signal }),
        onFailure: (cause, seconds, isKnown) => tell(`${describe(cause, isKnown)} Trying again in ${seconds} s …`),
        isStopped: () => stop.signal.aborted,
        onChunk: writeIds,
        print,
        onProgress: ({ imported, unchanged, refused }) => progress.show(imported + unchanged + refused),
      });
      progress.clear();
      stop.end();
      const done = tally.imported + tally.unchanged + tally.refused;
      if (error !== undefined && done === 0 && !stop.signal.aborted) throw error;
      for (const line of summaryOf(tally, isDry)) print(line);
      if (stop.signal.aborted) tell(`Stopped. ${AGAIN}`);
      else if (error !== undefined)
        tell(`${error instanceof Failure ? error.message : describe(error, hasAnswered)}\n${AGAIN}`);
      return error === undefined && !stop.signal.aborted && tally.refused === 0 ? 0 : 1;
    });
  },
};
