import { newEvent } from '../../src/domain/event/new-event.ts';
import { newAsk } from '../../src/domain/mail/ask.ts';
import type { Config } from '../../src/config/config.ts';
import { deriveAttemptKeys } from '../../src/crypto/attempt-keys.ts';
import { attemptAt } from '../../src/domain/login/attempts.ts';
import type { Challenges } from '../../src/store/challenges.ts';

/** An attacker has nothing from asking more often: what counts is over after whole hours. */
const STEP_MS = 600_000;
const STEPS_AN_HOUR = 6;

/** The account that is attacked. */
export const victim = { id: 'victim', email: 'joe@gmail.com' };

/** The account of an attacker who asks for the address of the victim. */
export const attacker = { id: 'attacker', email: 'mallory@gmail.com' };

type Setting = { challenges: Challenges; config: Config; countMails: () => Promise<number> };
type Span = { start: Date; hours: number };
type Purpose = 'reset_password' | 'register' | 'change_email';

/**
 * Counts the guesses at the codes of one account that get through in `hours` from `start` on. Every ten minutes, the
 * attacker asks for a mail, which has another code if the last one is used up, and guesses until no code is left to guess at.
 */
export async function countCodeGuesses(setting: Setting, { start, hours }: Span): Promise<number> {
  const { challenges } = setting;
  let guesses = 0;
  for (let step = 0; step < hours * STEPS_AN_HOUR; step += 1) {
    const at = new Date(start.getTime() + step * STEP_MS);
    for (let before = -1; before < guesses;) {
      before = guesses;
      await ask(setting, 'reset_password', at);
      while (await challenges.countCodeOfAddress({ purpose: 'reset_password', email: victim.email, at })) guesses += 1;
    }
  }
  return guesses;
}

/**
 * Counts the mails that go to the address of the victim in `hours` from `start` on, if strangers ask for mails of these
 * purposes every ten minutes, as often as they like.
 */
export async function countMails(setting: Setting, purposes: Purpose[], { start, hours }: Span): Promise<number> {
  const begun = await setting.countMails();
  for (let step = 0; step < hours * STEPS_AN_HOUR; step += 1) {
    const at = new Date(start.getTime() + step * STEP_MS);
    for (const purpose of purposes) {
      for (let before = -1, mails = 0; before < mails; mails = await setting.countMails()) {
        before = mails;
        await ask(setting, purpose, at);
      }
    }
  }
  return (await setting.countMails()) - begun;
}

/** Requests of a measurement come from nowhere. */
export const trace = () => ({ requestId: null, addressPrefix: null, country: null, userAgent: null });

async function ask({ challenges, config }: Setting, purpose: Purpose, at: Date): Promise<void> {
  const asked = await newAsk({ config, now: () => at }, { purpose, email: victim.email, locale: undefined });
  if (purpose === 'reset_password')
    return challenges.askOfAddress(asked, newEvent({ now: () => at, trace }, 'password_reset_asked'));
  if (purpose === 'register') return challenges.askOfNobody(asked);
  const keys = await deriveAttemptKeys(attacker.email, 'one', config.secretKey);
  const right = { attempt: attemptAt(at, keys), counted: [] };
  return challenges.askOfNewAddress({ ...asked, userId: attacker.id, userVersion: 0 }, right);
}
