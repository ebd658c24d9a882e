// A page that has the client as a global, for tests that call it. `?url=` says where Latchkey is, and `?store=memory`
// keeps the tokens in the page.
import { createLatchkey, type Latchkey, LatchkeyError, localStorageStore, memoryStore } from 'latchkey-client';

/** What became of a call: its value, or the error. */
export type Outcome = { value?: unknown; code?: string; status?: number; retryAfterSeconds?: number };

declare global {
  var latchkey: Latchkey;
  /** The users that `onChange` has told of, latest last; `none` when nobody was logged in any more. */
  var changes: string[];
  /** Calls that a test has begun, for it to come back to. */
  var calls: Promise<Outcome[]>;
  var outcomeOf: (work: Promise<unknown>) => Promise<Outcome>;
}

const query = new URLSearchParams(location.search);
const store = query.get('store') === 'memory' ? memoryStore() : localStorageStore();

globalThis.latchkey = createLatchkey({ url: query.get('url') ?? '', store });
globalThis.changes = [];
globalThis.latchkey.onChange((login) => void globalThis.changes.push(login?.userId ?? 'none'));

globalThis.outcomeOf = async (work) => {
  try {
    const value = await work;
    return value === undefined ? {} : { value };
  } catch (error) {
    if (!(error instanceof LatchkeyError)) return { code: `another error: ${String(error)}` };
    const { code, status, retryAfterSeconds } = error;
    return {
      code,
      ...(status !== undefined && { status }),
      ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
    };
  }
};
