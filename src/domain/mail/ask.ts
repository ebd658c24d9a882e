import { deriveMailKey } from '../../crypto/attempt-keys.ts';
import { makeUuidV7 } from '../../crypto/uuid-v7.ts';
import type { Config } from '../../config/config.ts';
import { Refusal } from '../../errors.ts';
import type { Ask } from '../../store/challenges.ts';
import type { Deps } from '../deps.ts';
import { after } from '../time.ts';

/** What a mail may be asked for: all purposes but the undo, which nobody asks for. */
type AskedPurpose = Exclude<Ask['purpose'], 'undo_email'>;

/**
 * A request for a mail to `email` that carries a challenge of `purpose`. Stores nothing. Refuses with
 * `mail_unavailable` when the service sends no mail.
 */
export async function newAsk(
  { config, now }: Pick<Deps, 'config' | 'now'>,
  { purpose, email, locale }: { purpose: AskedPurpose; email: string; locale: string | undefined },
): Promise<Ask> {
  if (config.mail === undefined) throw new Refusal('mail_unavailable');
  const at = now();
  return {
    id: makeUuidV7(at),
    requestId: makeUuidV7(at),
    mailId: makeUuidV7(at),
    key: await deriveMailKey(email, config.secretKey),
    purpose,
    message: purpose,
    email,
    locale: locale ?? null,
    at,
    ...endsOf(purpose, at, config),
  };
}

/** When the token and the code of a challenge that begins at `at` expire. The code does not outlive the token. */
export function endsOf(purpose: AskedPurpose, at: Date, config: Config): Pick<Ask, 'expiresAt' | 'codeExpiresAt'> {
  const life = purpose === 'reset_password' ? config.passwordResetTtlSeconds : config.verificationTtlSeconds;
  return { expiresAt: after(at, life), codeExpiresAt: after(at, Math.min(life, config.mailCodeTtlSeconds)) };
}
