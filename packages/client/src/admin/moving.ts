import { isText } from '../client/account.ts';
import { type Page, parsePart } from '../client/lists.ts';
import { withQuery } from '../client/request.ts';
import { fieldsOf } from '../client/response.ts';
import type { Caller } from './caller.ts';
import { checkLines, type ImportLine, parseLine, type UserLine } from './lines.ts';
import { unlike } from './records.ts';
import { type ImportReport, parseCount, parseReport } from './report.ts';
import { toWire } from './wire.ts';

/** `dryRun` only says what an import would do. */
type ImportOptions = { dryRun?: boolean };

/** How many users still have hashes of other systems, by scheme, and the last day on which these are accepted. */
type Stats = { legacyHashes: { scheme: string; users: number }[]; legacyHashesUntil: string | undefined };

/** The calls that bring users along with the hashes they have. */
export function createMovingCalls({ call }: Caller) {
  return {
    /**
     * Makes accounts of 1 to 500 lines, with the password hashes of other systems. All good lines are taken in one
     * transaction; a line that is refused says why in the report. Call it again as often as you want: users who are there
     * are `unchanged`. Refusals: `invalid_request`, also for more lines; `import_too_large` for more than 1 MiB.
     */
    importUsers: async (lines: readonly ImportLine[], options: ImportOptions = {}): Promise<ImportReport> => {
      checkLines(lines);
      const path = withQuery('/import', toWire('importOptions', options));
      return parseReport(await call(path, { method: 'POST', lines }));
    },

    /**
     * Users with their password hashes, 500 at most, as `importUsers` takes them. `next` is the `after` of the call for
     * more; `undefined` at the end. Refusals: `operator_required`; `invalid_request`.
     */
    exportUsers: async (page: Page = {}): Promise<{ lines: UserLine[]; next: string | undefined }> => {
      const { body } = await call(withQuery('/export', toWire('page', page)));
      const { entries, next } = parsePart(body, parseLine);
      return { lines: entries, next };
    },

    /** Counts the users who have not logged in since their import. */
    stats: async (): Promise<Stats> => {
      const { legacy_hashes: counts, legacy_hashes_until: until } = fieldsOf((await call('/stats')).body['data']) ?? {};
      if (!Array.isArray(counts)) throw unlike('a list of schemes');
      return { legacyHashes: counts.map(parseCount), legacyHashesUntil: isText(until) ? until : undefined };
    },
  };
}
