import type { Database } from './database.ts';
import { countLive } from './managed-users.ts';
import { insertEventIfChanged, type NewEvent } from './statements/event/insert-event.ts';
import { insertEventOfLiveSession } from './statements/event/insert-event-of-session.ts';
import {
  addPasskey,
  addTotp,
  type Adder,
  findPasskeyFault,
  type NewPasskey,
  type NewTotp,
} from './statements/factor/add-factor.ts';
import { countVersionOfFactors, insertNoticeOfFactor } from './statements/factor/factor-change.ts';
import { findAdder } from './statements/factor/find-factor.ts';
import { countCodes, findTotp, listPasskeys, renamePasskey } from './statements/factor/list-factors.ts';
import { addCodes, addFirstCodes, deleteCodes, deleteCodesWithoutFactor } from './statements/factor/recovery-codes.ts';
import {
  insertEventOfFactors,
  type Removal,
  removeAllFactors,
  removePasskey,
  removeTotp,
} from './statements/factor/remove-factor.ts';
import { type KnownNetwork, rememberNetwork } from './statements/login/remember-network.ts';
import { insertNotice, insertNoticeIfChanged, type NewNotice } from './statements/mail/insert-notice.ts';
import { insertSessionIfChanged, type NewSession } from './statements/session/insert-session.ts';
import { type RaisedSession, raiseSessionIfChanged } from './statements/session/raise-session.ts';
import { revokeAllSessions } from './statements/session/revoke-all-sessions.ts';
import { revokeBeside } from './statements/session/revoke-beside.ts';

export type Factors = ReturnType<typeof createFactors>;

/** Longer than any session lives. */
const FOREVER_SECONDS = 1e9;

/** A factor that is to be stored, with what tells it from all others. */
export type NewFactor = { kind: 'totp'; totp: NewTotp } | { kind: 'passkey'; passkey: NewPasskey };

/** The session that the user goes on in, raised to `amr` (JSON), or the one that begins. */
export type NextSession = { raised: { id: string; amr: string }; begun?: undefined } | Begun;

/** A session that begins, the network that the account knows from now on, and the event. */
type Begun = { begun: NewSession; network: KnownNetwork; login: NewEvent };

/** What is told about a change. `codes` tells about recovery codes. */
export type FactorNews = { event: NewEvent; codes: NewEvent; notice: NewNotice | undefined };

/** Second factors of users. Every method is one round trip, and rejects with `StorageFailure`. */
export function createFactors(database: Database) {
  return {
    /** What the user has, as the user sees it. */
    async list(userId: string) {
      const [[totp], passkeys, [codes]] = await database.batch([
        findTotp({ userId }),
        listPasskeys({ userId }),
        countCodes({ userId }),
      ]);
      return { totp, passkeys, codes };
    },

    /** The user `userId`, and whether the user has a second factor. */
    async findUser(userId: string) {
      const [user] = await database.run(findAdder({ userId }));
      return user;
    },

    /**
     * Stores the factor and, if the user has none, the recovery codes with these MACs, and raises or begins the session, if
     * the user and the session are as they were read. Of two changes at once, one has no effect. Returns whether the factor
     * was stored and how many codes, and the session that was raised.
     */
    async add(
      adder: Adder,
      factor: NewFactor,
      { session, macs, news }: { session: NextSession; macs: string[]; news: FactorNews },
    ) {
      const { userId, userVersion, at } = adder;
      const mark = factor.kind === 'totp' ? factor.totp.sealedSecret : factor.passkey.id;
      const [added, next, , codes] = await database.batch([
        factor.kind === 'totp' ? addTotp({ ...adder, ...factor.totp }) : addPasskey({ ...adder, ...factor.passkey }),
        session.begun === undefined
          ? raiseSessionIfChanged({ ...session.raised, userId, at })
          : insertSessionIfChanged(session.begun),
        insertEventIfChanged(news.event),
        addFirstCodes({ userId, macs: JSON.stringify(macs), at }),
        insertEventIfChanged(news.codes),
        ...(session.begun === undefined ? [] : beginnings(userId, session)),
        ...(news.notice === undefined ? [] : [insertNoticeOfFactor({ ...news.notice, userId, userVersion, mark, at })]),
        ...countVersionOfFactors({ userId, userVersion, mark, at }),
      ]);
      return { isAdded: added.length === 1, codes: codes.length, raised: next.find(isRaised) };
    },

    /** Why the passkey `id` was not stored. */
    async findPasskeyFault(id: string, userId: string) {
      const [fault] = await database.run(findPasskeyFault({ id, userId }));
      return fault ?? { isTaken: false, isFull: false };
    },

    /** Gives the passkey another name, and stores the event. Returns `false` when the user has no such passkey. */
    async rename(userId: string, { id, name }: { id: string; name: string }, event: NewEvent): Promise<boolean> {
      const [renamed] = await database.batch([renamePasskey({ userId, id, name }), insertEventIfChanged(event)]);
      return renamed.length === 1;
    },

    /**
     * Removes the factor, and the recovery codes with the last one, and goes on in the new session: all others of the user
     * are revoked. Returns `false`, and does nothing, unless the user is as it was read and has the factor.
     */
    async remove(
      kind: NewFactor['kind'],
      removal: Removal,
      { session, event, notice }: { session: NewSession; event: NewEvent; notice: NewNotice | undefined },
    ): Promise<boolean> {
      const { userId, userVersion } = removal;
      const [removed] = await database.batch([
        kind === 'totp' ? removeTotp(removal) : removePasskey(removal),
        insertSessionIfChanged(session),
        insertEventIfChanged(event),
        ...(notice === undefined ? [] : [insertNoticeIfChanged({ userId, ...notice })]),
        deleteCodesWithoutFactor({ userId }),
        ...revokeBeside({ sessionId: session.id, userId, userVersion, at: session.startedAt }),
      ]);
      return removed.length === 1;
    },

    /** Replaces the recovery codes, if the user and the session are as they were read. Returns whether it has. */
    async replaceCodes(
      adder: Adder,
      macs: string[],
      { event, notice }: { event: NewEvent; notice: NewNotice | undefined },
    ): Promise<boolean> {
      const { userId, userVersion, sessionId, at } = adder;
      const [, added] = await database.batch([
        deleteCodes({ userId, userVersion, sessionId }),
        addCodes({ ...adder, macs: JSON.stringify(macs) }),
        insertEventIfChanged(event),
        ...(notice === undefined ? [] : [insertNoticeIfChanged({ userId, ...notice })]),
        ...countVersionOfFactors({ userId, userVersion, mark: macs[0] ?? '', at }),
      ]);
      return added.length > 0;
    },

    /**
     * Removes all factors of the user, revokes all sessions, and stores the event and the notice. Returns how many factors
     * there were, the new version, and how many sessions it has ended; `undefined` when there is no such user.
     */
    async removeAll(userId: string, at: Date, { event, notice }: { event: NewEvent; notice: NewNotice | undefined }) {
      const [carry, count, revoke] = revokeAllSessions({ userId, at });
      const [, totp, passkeys, , , [user], ended] = await database.batch([
        insertEventOfFactors({ ...event, userId }),
        ...removeAllFactors({ userId }),
        carry,
        count,
        revoke,
        ...(notice === undefined ? [] : [insertNotice({ userId, ...notice })]),
      ]);
      return (
        user && {
          version: user.version,
          factors: totp.length + passkeys.length,
          sessionsRevoked: countLive(ended, at),
        }
      );
    },
  };
}

const isRaised = (row: { id: string } | RaisedSession): row is RaisedSession => 'expiresAt' in row;

/** What goes with a session that begins: the event, if it has begun, and the network, as with any right password. */
const beginnings = (userId: string, { network, login }: Pick<Begun, 'network' | 'login'>) => [
  insertEventOfLiveSession({ ...login, absoluteTtlSeconds: FOREVER_SECONDS }),
  rememberNetwork({ userId, ...network }),
];
