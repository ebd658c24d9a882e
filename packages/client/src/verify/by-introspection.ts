import { parseAnswer } from './answer.ts';
import { basicCredentials } from './basic-credentials.ts';
import { fetchJson, type Network } from './fetch-json.ts';
import { isApiKey } from './grammar.ts';
import type { ByIntrospection } from './options.ts';
import { isRecord } from './shapes.ts';
import { Unavailable } from './unavailable.ts';
import { FOR_OTHERS, isFor, refuse, type Way } from './verdict.ts';

/**
 * Verifies by introspection (RFC 7662). It does not say why a token is not active, so every refusal is `invalid_token`, or
 * `invalid_api_key` for an API key.
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
    const isKey = isApiKey(token);
    const hint = isKey ? {} : { token_type_hint: 'access_token' };
    const body = new URLSearchParams({ token, ...hint }).toString();
    const answer = await fetchJson(url, { method: 'POST', headers, body }, network);
    if (!isRecord(answer) || typeof answer['active'] !== 'boolean') {
      throw new Unavailable(`${url} did not respond with an introspection. Is it Latchkey?`);
    }
    if (!answer['active']) return refuse(isKey ? 'invalid_api_key' : 'invalid_token');
    // Other servers also find refresh tokens active. An API key is known by its form.
    if (!isKey && String(answer['token_type']).toLowerCase() !== 'bearer') return refuse('invalid_token');
    const { iss, aud } = answer;
    // An API key is for no audience until it is exchanged.
    if (!isFor({ iss, aud }, { issuer, audience: isKey ? undefined : audience }))
      return refuse('invalid_token', FOR_OTHERS);
    const claims = parseAnswer(answer, token);
    if (claims === undefined) throw new Unavailable(`${url} left out claims of an active token.`);
    return { active: true, claims };
  };
}
