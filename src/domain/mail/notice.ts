import { makeUuidV7 } from '../../crypto/uuid-v7.ts';
import type { Config } from '../../config/config.ts';
import type { NewNotice } from '../../store/statements/mail/insert-notice.ts';
import type { Deps } from '../deps.ts';
import { after } from '../time.ts';
import { deliver, type DeliveryDeps } from './deliver.ts';

/** For this long a notice is worth sending, in seconds. */
const LIFE_SECONDS = 86_400;

/** A notice to a user, for the batch of what it tells about; `undefined` when the service sends no such notice. */
export function newNotice(
  { config: { mail, notices } }: Pick<Deps, 'config'>,
  message: Config['notices'][number],
  at: Date,
): NewNotice | undefined {
  if (mail === undefined || !notices.includes(message)) return undefined;
  return { mailId: makeUuidV7(at), message, at, expiresAt: after(at, LIFE_SECONDS) };
}

/** Sends a notice after the response, once its batch is stored. */
export function sendAfterResponse(
  deps: DeliveryDeps & Pick<Deps, 'afterResponse'>,
  notice: { mailId: string } | undefined,
): void {
  if (notice !== undefined) deps.afterResponse(() => deliver(deps, notice.mailId));
}
