import type { Imported } from '../admin/shapes.ts';
import type { Prepared } from './chunks.ts';
import type { Send } from './send.ts';
import type { User } from './sources/source.ts';

type Result = Imported['data'][number];

/** What came of a row. `faults` is empty unless it was refused. */
export type Outcome = {
  place: string;
  user: User | undefined;
  outcome: Result['outcome'];
  userId: string | undefined;
  faults: string[];
  /** Whether the user is new, and was taken without the hash. */
  isReset: boolean;
};

export type Schemes = Imported['schemes'];

/**
 * Sends the users of `chunk`. With `resetUnsupported`, sends those again without a password whose hash alone is at fault,
 * unless the service could verify it with a secret that it does not have: that is a mistake to correct.
 */
export async function importChunk(
  send: Send,
  chunk: Prepared[],
  resetUnsupported: boolean,
): Promise<{ outcomes: Outcome[]; schemes: Schemes }> {
  const sent = chunk.filter((row) => row.json !== undefined);
  const first = await sendRows(send, sent);
  const results = new Map(sent.map((row, index) => [row, { result: first.data[index], isReset: false }]));
  const again = resetUnsupported ? sent.filter((row) => isHashAlone(results.get(row)?.result)) : [];
  const second = await sendRows(send, again.map(withoutPassword));
  for (const [index, row] of again.entries()) results.set(row, { result: second.data[index], isReset: true });
  return {
    outcomes: chunk.map((row) => outcomeOf(row, results.get(row))),
    schemes: [...first.schemes, ...second.schemes],
  };
}

async function sendRows(send: Send, rows: Prepared[]): Promise<Pick<Imported, 'data' | 'schemes'>> {
  const lines = rows.flatMap(({ json }) => (json === undefined ? [] : [json]));
  return lines.length === 0 ? { data: [], schemes: [] } : send(lines);
}

/** A message about a hash that names one of these says that the service lacks it. */
const SECRET = /\b(?:FIREBASE_SCRYPT|PASSWORD_PEPPER)\b/;

const isHashAlone = (result: Result | undefined) =>
  result?.outcome === 'refused' &&
  result.errors.length > 0 &&
  result.errors.every(({ path, message }) => path === 'password_hash' && !SECRET.test(message));

const withoutPassword = (row: Prepared): Prepared =>
  'user' in row ? { ...row, json: JSON.stringify({ ...row.user.line, password_hash: null }) } : row;

function outcomeOf(row: Prepared, sent: { result: Result | undefined; isReset: boolean } | undefined): Outcome {
  const { place } = row;
  if ('fault' in row)
    return { place, user: undefined, outcome: 'refused', userId: undefined, faults: [row.fault], isReset: false };
  const { outcome = 'refused', user_id: userId, errors = [] } = sent?.result ?? {};
  // A fault of the whole line has no path.
  const faults = errors.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`));
  return {
    place,
    user: row.user,
    outcome,
    userId: userId ?? undefined,
    faults,
    isReset: sent?.isReset === true && outcome === 'imported',
  };
}
