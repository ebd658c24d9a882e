import type { ListedKey } from '../../store/statements/key/list-keys.ts';
import type { Deps } from '../deps.ts';
import { asOwn, type OwnEvent } from '../event/list-own-events.ts';
import type { OwnFactors } from '../factor/list-factors.ts';
import { needsSecondFactor } from '../factor/policy.ts';
import type { Caller } from '../session/authenticate.ts';
import { type ListedSession, MAX_LISTED, markCurrent } from '../session/list-sessions.ts';

/** The newest ones. `GET /auth/events` and `GET /auth/keys` have the others. */
const MAX_EXPORTED_EVENTS = 1000;
const MAX_EXPORTED_KEYS = 100;

/**
 * What is stored about the caller beside the account: the live sessions, the API keys and the events, newest first, and the
 * second factors. One round trip.
 */
export async function exportAccount(
  { config, now, sessions: store }: Pick<Deps, 'config' | 'now' | 'sessions'>,
  caller: Caller,
): Promise<{ sessions: ListedSession[]; keys: ListedKey[]; events: OwnEvent[]; factors: OwnFactors }> {
  const terms = { at: now(), absoluteTtlSeconds: config.refreshAbsoluteTtlSeconds };
  const limits = { sessions: MAX_LISTED, keys: MAX_EXPORTED_KEYS, events: MAX_EXPORTED_EVENTS };
  const { sessions, keys, events, factors } = await store.listAllOfUser(caller.user.id, terms, limits);
  const own = { ...factors, isRequired: needsSecondFactor(config, caller.user) };
  return { sessions: markCurrent(sessions, caller), keys, events: events.map(asOwn), factors: own };
}
