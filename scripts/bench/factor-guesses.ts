import { checkCode } from '../../src/domain/factor/check-factor.ts';
import { codesKeyOf, deriveAttemptKeys } from '../../src/crypto/attempt-keys.ts';
import { type FactorLoginDeps, logInByFactor } from '../../src/domain/login/log-in-by-factor.ts';
import { logIn } from '../../src/domain/login/log-in.ts';
import { Refusal } from '../../src/errors.ts';

const HOUR_MS = 3_600_000;

/** How many of a million codes are right at any moment: that of now, the one before, and the one after. */
const RIGHT_CODES = 3;
const CODES = 1_000_000;

/** As many attempts at one account are free at a network. */
const FREE = 10;

type Setting = {
  deps: Omit<FactorLoginDeps, 'now'>;
  /** When the next attempt at an account is let through, and when its attempts are forgotten, in epoch milliseconds. */
  findWaits: (keys: string[]) => Promise<{ retryAt: number; forgottenAt: number }>;
};
type Victim = { id: string; email: string; password: string };
type Span = { start: Date; hours: number };

/** Guesses at codes that get through in `hours` from `start` on, by somebody who knows the password. */
export type CountFactorGuesses = (setting: Setting, victim: Victim, span: Span) => Promise<number>;

/**
 * From one network. A login gets a challenge for ten minutes, and counts as an attempt itself. So the attacker waits until
 * no more than `left` attempts still count, and then makes one login and as many guesses as its challenge lives for.
 */
export const fromOneNetwork =
  (left: number): CountFactorGuesses =>
  async (setting, victim, { start, hours }) => {
    const end = start.getTime() + hours * HOUR_MS;
    const keys = await keysOf(setting, victim, 'one');
    let guesses = 0;
    for (let at = start.getTime(); at < end;) {
      const { forgottenAt } = await setting.findWaits([keys.pair]);
      const { retryAt } = await setting.findWaits([keys.pair, ...accountKeys(keys)]);
      at = Math.max(at, retryAt, forgottenAt - left * HOUR_MS);
      if (at >= end) return guesses;
      const burst = await guessOnce(setting, victim, { at, end, network: 'one', most: Infinity });
      guesses += burst.guesses;
      at = burst.at;
    }
    return guesses;
  };

/** From any number of networks: at each, as many guesses as are free there. */
export const fromAnyNetwork: CountFactorGuesses = async (setting, victim, { start, hours }) => {
  const end = start.getTime() + hours * HOUR_MS;
  let guesses = 0;
  for (let [at, network] = [start.getTime(), 0]; at < end; network += 1) {
    const burst = await guessOnce(setting, victim, {
      at,
      end,
      network: `${start.getTime()} ${network}`,
      most: FREE - 1,
    });
    guesses += burst.guesses;
    at = burst.at;
  }
  return guesses;
};

/** With a stolen session, which takes no login before: `POST /auth/reauthenticate`, from any number of networks. */
export const withSession: CountFactorGuesses = async (setting, victim, { start, hours }) => {
  const end = start.getTime() + hours * HOUR_MS;
  let guesses = 0;
  for (let at = start.getTime(); at < end; guesses += 1) {
    const keys = await keysOf(setting, victim, `${start.getTime()} ${guesses}`);
    const deps = { ...setting.deps, now: () => new Date(at) };
    await expectWrong(checkCode(deps, { userId: victim.id, version: 0, keys }, { code: wrongCode }));
    at = Math.max(at, (await setting.findWaits(accountKeys(keys))).retryAt);
  }
  return guesses;
};

/** The chance that one of `guesses` finds a code. */
export const chanceOf = (guesses: number): number => 1 - (1 - RIGHT_CODES / CODES) ** guesses;

type Burst = { at: number; end: number; network: string; most: number };

/** Logs in and guesses until the challenge has ended, `end` has come, or `most` guesses are made. */
async function guessOnce(setting: Setting, victim: Victim, { at, end, network, most }: Burst) {
  const keys = await keysOf(setting, victim, network);
  const origin = { network, device: { userAgent: null, country: null, addressPrefix: null } };
  const depsAt = (time: number) => ({ ...setting.deps, now: () => new Date(time) });
  const outcome = await logIn(depsAt(at), victim, origin);
  if ('tokens' in outcome) throw new Error('the password alone has begun a session');
  const { token, expiresInSeconds } = outcome.challenge;
  const over = Math.min(end, at + expiresInSeconds * 1000);
  const next = async (time: number) =>
    Math.max(time, (await setting.findWaits([keys.pair, ...accountKeys(keys)])).retryAt);
  let guesses = 0;
  for (let time = await next(at); ; time = await next(time)) {
    // At another network, only the account has to wait.
    if (time >= over || guesses === most)
      return { guesses, at: Math.max(at, (await setting.findWaits(accountKeys(keys))).retryAt) };
    await expectWrong(logInByFactor(depsAt(time), { challengeToken: token, proof: { code: wrongCode } }, origin));
    guesses += 1;
  }
}

/** No code at all, so that no guess is right by chance. */
const wrongCode = 'no code';

async function expectWrong(guess: Promise<unknown>): Promise<void> {
  const reason = await guess.then(
    () => 'right',
    (error: unknown) => (error instanceof Refusal ? error.reason : String(error)),
  );
  if (reason !== 'wrong or used: totp') throw new Error(`a guess met: ${reason}`);
}

/** What attempts at the password and at the codes of an account are counted under, at networks that it does not know. */
const accountKeys = ({ account }: { account: string }) => [account, codesKeyOf(account)];

const keysOf = ({ deps }: Setting, { email }: Victim, network: string) =>
  deriveAttemptKeys(email, network, deps.config.secretKey);
