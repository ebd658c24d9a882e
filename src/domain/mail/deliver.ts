import { mailedCode, signMailedToken } from '../../crypto/mailed-token.ts';
import { StorageFailure } from '../../errors.ts';
import type { Letter, LetterProof } from '../../mail/letter.ts';
import type { OutboxMail } from '../../store/tables/outbox.ts';
import type { Purpose } from '../../store/tables/challenges.ts';
import type { Deps, MailOutcome } from '../deps.ts';
import { newEvent } from '../event/new-event.ts';

/** What sending a mail needs. */
export type DeliveryDeps = Pick<Deps, 'config' | 'now' | 'trace' | 'reportMail' | 'mailer' | 'outbox'>;

type Mailer = NonNullable<Deps['mailer']>;

/** Longer than a transport waits for its provider. Whoever tries a mail has it alone for this long. */
const LEASE_MS = 60_000;

const MINUTE_MS = 60_000;

/** How long after each try the next one is due. There are five tries in all (`store/statements/mail/claim-mail.ts`). */
const DELAYS_MS = [1, 5, 20, 60].map((minutes) => minutes * MINUTE_MS);

/** The last try leaves this much time to use the mail. */
const LEFT_MS = 5 * MINUTE_MS;

/** A Worker has six connections at once. */
const AT_ONCE = 6;

/** A mail takes a call of the provider and two statements, a round one statement more, and a run has a thousand. */
const MAX_ROUNDS = 50;

/**
 * Sends the mail `mailId`, if it is due and nobody else has it. When the database or the provider is out of reach, the
 * cron sends it later.
 */
export async function deliver(deps: DeliveryDeps, mailId: string): Promise<void> {
  const { mailer } = deps;
  if (mailer === undefined) return;
  await quietly(async () => {
    const mail = await deps.outbox.claim({ id: mailId, ...claimAt(deps.now()) });
    if (mail !== undefined) await send({ ...deps, mailer }, mail);
  });
}

/** Sends the mails that are due, and returns how many it has tried. Rejects with `StorageFailure`. */
export async function deliverDue(deps: DeliveryDeps): Promise<number> {
  const { mailer } = deps;
  if (mailer === undefined) return 0;
  let tried = 0;
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const mails = await deps.outbox.claimDue({ ...claimAt(deps.now()), limit: AT_ONCE });
    await Promise.all(mails.map((mail) => quietly(() => send({ ...deps, mailer }, mail))));
    tried += mails.length;
    if (mails.length < AT_ONCE) break;
  }
  return tried;
}

const claimAt = (at: Date) => ({ at, leasedUntil: new Date(at.getTime() + LEASE_MS) });

/** Ignores failures of storage. The cron then sends the mail again, with the same id. */
async function quietly(work: () => Promise<void>): Promise<void> {
  await work().catch((error: unknown) => {
    if (!(error instanceof StorageFailure)) throw error;
  });
}

async function send(deps: DeliveryDeps & { mailer: Mailer }, mail: OutboxMail): Promise<void> {
  const { outbox, now } = deps;
  const outcome = await deps.mailer.send(await letterOf(deps, mail));
  const retryAt = outcome === 'retry' ? nextTryOf(mail, now()) : undefined;
  if (retryAt !== undefined) return outbox.putOff(mail, retryAt);
  report(deps, mail, outcome === 'retry' ? 'failed' : outcome);
  if (outcome === 'sent') return outbox.sent(mail);
  const event = newEvent(deps, 'mail_failed', { actor: 'system', data: { message: mail.message } });
  return outcome === 'gone' ? outbox.gone(mail, now(), event) : outbox.giveUp(mail, event);
}

/** Reports the end of a mail. */
export function report(
  { reportMail }: Pick<Deps, 'reportMail'>,
  { id, tries }: Pick<OutboxMail, 'id' | 'tries'>,
  outcome: MailOutcome['outcome'],
): void {
  reportMail({ mail_id: id, outcome, tries });
}

/** When to try the mail again; `undefined` when it has had all its tries, or nobody could use it by then. */
function nextTryOf({ tries, expiresAt }: OutboxMail, at: Date): Date | undefined {
  const delay = DELAYS_MS[tries - 1];
  const last = expiresAt.getTime() - LEFT_MS;
  return delay === undefined || at.getTime() >= last ? undefined : new Date(Math.min(at.getTime() + delay, last));
}

/** What the challenge of a mail is for. The others have none. */
const purposes: Partial<Record<OutboxMail['message'], Purpose>> = {
  register: 'register',
  verify_email: 'verify_email',
  reset_password: 'reset_password',
  invitation: 'reset_password',
  change_email: 'change_email',
  email_changed: 'undo_email',
};

async function letterOf(deps: DeliveryDeps, mail: OutboxMail): Promise<Letter> {
  const { id, message, email, locale } = mail;
  return { id, name: message, to: email, locale: locale ?? undefined, proof: await proofOf(deps, mail) };
}

async function proofOf(
  { config: { secretKey }, now }: DeliveryDeps,
  { message, challengeId, expiresAt, codeExpiresAt }: OutboxMail,
): Promise<LetterProof | undefined> {
  const purpose = purposes[message];
  if (purpose === undefined || challengeId === null) return undefined;
  const at = now();
  const codeSeconds = codeExpiresAt === null ? 0 : secondsBetween(at, codeExpiresAt);
  return {
    token: await signMailedToken(challengeId, purpose, secretKey),
    expiresInSeconds: secondsBetween(at, expiresAt),
    code:
      codeSeconds <= 0
        ? undefined
        : { digits: await mailedCode(challengeId, purpose, secretKey), expiresInSeconds: codeSeconds },
  };
}

const secondsBetween = (from: Date, to: Date) => Math.floor((to.getTime() - from.getTime()) / 1000);
