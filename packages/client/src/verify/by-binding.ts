import { decodeJwt } from 'jose';
import { parseAnswer } from './answer.ts';
import { isApiKey } from './grammar.ts';
import type { ByBinding, EntrypointOptions, VerifierBinding, VerifierEntrypoint } from './options.ts';
import { isRecord } from './shapes.ts';
import { Unavailable, withDeadline } from './unavailable.ts';
import { FOR_OTHERS, isFor, refuse, type RefusedCode, type Way } from './verdict.ts';

const REFUSED: readonly string[] = [
  'expired_token',
  'invalid_token',
  'revoked_token',
  'invalid_api_key',
  'user_required',
  'insufficient_scope',
] satisfies RefusedCode[];

/** Verifies by RPC through a service binding to the entrypoint `Verifier` of Latchkey. */
export function verifyByBinding({ service, issuer, audience }: ByBinding, timeoutMs: number): Way {
  return async function verifyByBinding(token, scopes) {
    // People have tokens for one audience, so Latchkey compares it where machines get in too.
    const named = scopes && { scope: scopes.join(' '), ...(audience !== undefined && { audience }) };
    const answer = await withDeadline(timeoutMs, () => ask(service, token, named ?? {}));
    if (!isRecord(answer)) throw new Unavailable('The binding did not respond as Latchkey does.');
    const { active, claims: given, code } = answer;
    if (active === false && isRefused(code)) return refuse(code);
    // `internal_error`, `misconfigured` and `storage_unavailable` are about Latchkey, and `invalid_request` about `audience`.
    if (active === false) throw new Unavailable(`Latchkey responded with ${String(code)}.${hintFor(code)}`);
    const claims = active === true && isRecord(given) ? parseAnswer(given, token) : undefined;
    if (claims === undefined) throw new Unavailable('The binding left out claims of an active token.');
    // Latchkey has verified the token, so what it says is true. An API key says nothing, and is known to its Latchkey only.
    if (isApiKey(token) || isFor(decodeJwt(token), { issuer, audience })) return { active: true, claims };
    return refuse('invalid_token', FOR_OTHERS);
  };
}

function ask(service: VerifierBinding, token: string, options: EntrypointOptions): Promise<unknown> {
  if (hasVerify(service)) return service.verify(token, options);
  throw new Unavailable('The binding has no `verify`. It needs entrypoint = "Verifier".');
}

function hintFor(code: unknown): string {
  return code === 'invalid_request' ? ' Is the audience of the verifier one of its own?' : '';
}

/** A binding does not list the methods of its entrypoint, so `in` could miss one. */
function hasVerify(service: VerifierBinding): service is VerifierEntrypoint {
  return typeof Reflect.get(service, 'verify') === 'function';
}

function isRefused(code: unknown): code is RefusedCode {
  return typeof code === 'string' && REFUSED.includes(code);
}
