import { fetchJson, type Network } from './fetch-json.ts';
import type { ByIntrospection } from './options.ts';
import { Unavailable } from './unavailable.ts';
import { FOR_OTHERS, isFor, isRecord, parseClaims, refuse, type Way } from './verdict.ts';

/**
 * Verifies by introspection (RFC 7662). It does not say why a token is not active, so every refusal is `invalid_token`.
 */
export function verifyByIntrospection(options: ByIntrospection, network: Network): Way {
  const { issuer, audience } = options;
  const url = new URL('/oauth/introspect', issuer).href;
  const headers = {
    accept: 'application/json',
    authorization: basicCredentials(options),
    'content-type': 'application/x-www-form-urlencoded',
  };

  return async function verifyByIntrospection(token) {
    const body = new URLSearchParams({ token, token_type_hint: 'access_token' }).toString();
    const answer = await fetchJson(url, { method: 'POST', headers, body }, network);
    if (!isRecord(answer) || typeof answer['active'] !== 'boolean') {
      throw new Unavailable(`${url} did not respond with an introspection. Is it Latchkey?`);
    }
    if (!answer['active']) return refuse('invalid_token');
    // Other servers also find refresh tokens active.
    if (String(answer['token_type']).toLowerCase() !== 'bearer') return refuse('invalid_token');
    if (!isFor({ iss: answer['iss'], aud: answer['aud'] }, { issuer, audience }))
      return refuse('invalid_token', FOR_OTHERS);
    const claims = parseClaims(answer);
    if (claims === undefined) throw new Unavailable(`${url} left out claims of an active token.`);
    return { active: true, claims };
  };
}

/** RFC 6749, section 2.3.1: id and secret are form-encoded first. */
function basicCredentials({ clientId, clientSecret }: ByIntrospection): string {
  return `Basic ${btoa(`${formEncode(clientId)}:${formEncode(clientSecret)}`)}`;
}

function formEncode(text: string): string {
  return new URLSearchParams({ '': text }).toString().slice(1);
}
