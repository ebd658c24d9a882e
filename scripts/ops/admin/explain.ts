import { Failure } from '../../command.ts';
import { type Said, ServiceRefusal, Unreachable } from './service-error.ts';
import type { Target } from './target.ts';
import { wordsOfSilence } from './silence.ts';

/** Clocks that differ by less do not explain a refused token. */
const CLOCK_TOLERANCE_SECONDS = 30;

/**
 * `error` as a `Failure` in words when `target` refused a request or did not answer. Any other error as it is.
 * `isKnown` says that the service has answered before: its address is right.
 */
export function explain(error: unknown, target: Target, isKnown = false): unknown {
  if (error instanceof Unreachable) return new Failure(wordsOfSilence(error, target, isKnown));
  if (!(error instanceof ServiceRefusal)) return error;
  const { said } = error;
  const words = wordsByCode.get(said.code) ?? wordsOf(said, target, isKnown);
  const trace = said.status < 500 || said.requestId === undefined ? '' : ` The log has it as ${said.requestId}.`;
  return new Failure(words + trace);
}

/** Refusals that the operator can do something about. */
const wordsByCode = new Map<string | undefined, string>(
  Object.entries({
    unknown_user: 'There is no account with this id.',
    unknown_session: 'This account has no such session. It may be over already.',
    address_taken: 'Another account has this address. Nothing was changed.',
    last_admin: 'This is the last administrator. Nothing was changed. To go on all the same, add --last-admin.',
    user_disabled: 'The account is disabled. `enable` it first. Nothing was changed.',
    change_conflict: 'Somebody else changed this at the same time. Nothing was changed. Try again.',
    precondition_failed: 'Somebody else changed this account at the same time. Nothing was changed. Try again.',
    unknown_client: 'There is no client with this id. `npm run machine -- list` lists them.',
    client_taken: 'Another client has this id, in the database or in OAUTH_CLIENTS. Nothing was changed.',
    unknown_secret: 'The client has no such secret. Somebody else may have deleted it.',
    too_many_secrets:
      'The client has two secrets already. Nothing was changed. `rotate ID --finish` deletes the older one.',
    unknown_key: 'There is no such API key here. It may be revoked already, or it is not theirs.',
    too_many_keys: 'There are too many API keys. Nothing was changed. Revoke some first.',
    operator_required:
      'Only an operator may do this: the service did not take this token for one. Nothing was changed.',
    mail_unavailable: 'The service sends no mail. With `reset EMAIL --link` you hand the link over yourself.',
  }),
);

function wordsOf(said: Said, target: Target, isKnown: boolean): string {
  const { status, code, message = '', errors, retryAfter } = said;
  if (status >= 300 && status < 400)
    return `${target.origin} redirects to another address. A token is not sent there: give the URL of the service itself.`;
  if (code === undefined && status < 300)
    return `The response of ${target.origin} is not one that this version understands. Are both of the same version?`;
  if (code === undefined && [502, 503, 504].includes(status))
    return `What answers at ${target.origin} (${status}) is no Latchkey. It may be a proxy, and the service behind it may be down.`;
  if (code === undefined)
    return `What answers at ${target.origin} (${status}) is no Latchkey.${isKnown ? '' : ' Is --url right?'}`;
  if (status === 401) return wordsOf401(said, target);
  if (code === 'not_found' || code === 'method_not_allowed')
    return `The Latchkey at ${target.origin} does not have this route. It is of an older version: deploy it anew.`;
  if (status === 429) return `The service got too many requests. Try again in ${retryAfter ?? 60} s.`;
  if (status === 503) return `${message} Try again in ${retryAfter ?? 5} s.`;
  const fields = errors.map(({ path, message }) => `\n  ${path === '' ? '' : `${path}: `}${message}`).join('');
  return `The service refused this (${status} ${code}): ${message}${fields}`;
}

/** The service does not say why it refuses a token, so this names what can be why. */
function wordsOf401({ clockAhead = 0 }: Said, { origin, issuer, source }: Target): string {
  const isOff = Math.abs(clockAhead) > CLOCK_TOLERANCE_SECONDS;
  const clock = `this machine's clock is ${Math.abs(clockAhead)} s ${clockAhead > 0 ? 'ahead of' : 'behind'} the service's`;
  return [
    `${origin} refused the operator's token. Three things can be why:`,
    `- other keys: the first key in ${source} is not one that the service has. Was it deployed since?`,
    `- another issuer: the token says ${issuer}. If the service's ISSUER is another, give it with --issuer.`,
    `- the clock: ${isOff ? clock : "this machine's clock and the service's must agree to a minute, and seem to"}.`,
  ].join('\n');
}
