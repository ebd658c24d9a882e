import { Refusal } from '../../errors.ts';
import type { KeyCheckDeps } from '../key/check-key.ts';
import { API_KEY } from '../session/bearer.ts';
import { refresh } from '../session/refresh.ts';
import { type Device, FIRST_PARTY, type GrantedToken } from '../session/session.ts';
import { authenticateClient, type ClientAuthenticationDeps, type ClientProof } from './authenticate-client.ts';
import { exchangeKey } from './exchange-key.ts';
import { type ClientDeps, grantClientCredentials } from './grant-client-credentials.ts';

/** The parameters of a token request, as the standards name them. */
export type TokenForm = {
  grant_type: string;
  scope?: string | undefined;
  resource?: string | undefined;
  audience?: string | undefined;
  refresh_token?: string | undefined;
  subject_token?: string | undefined;
  subject_token_type?: string | undefined;
  requested_token_type?: string | undefined;
  actor_token?: string | undefined;
};

/** What a token request says of its client. */
type GivenClient = { proof: ClientProof } | { proof: undefined; id: string | undefined };

/** An access token, and what some grants add to it. */
export type Granted = GrantedToken & { refreshToken?: string; issuedTokenType?: string };

type RefreshDeps = Parameters<typeof refresh>[0];

const EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';
const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token';
const JWT = 'urn:ietf:params:oauth:token-type:jwt';

/** The grants of the token endpoint, as the metadata lists them. */
export const grantTypes = ['client_credentials', 'refresh_token', EXCHANGE] as const;

/**
 * The token that `form` asks for (RFC 6749, section 5; RFC 8693, section 2). Refuses with `unsupported_grant_type`,
 * `invalid_client`, `invalid_request`, and as each grant does; an invalid refresh token with `invalid_grant`.
 */
export async function grantToken(
  deps: ClientAuthenticationDeps & ClientDeps & KeyCheckDeps & RefreshDeps,
  client: GivenClient,
  form: TokenForm,
  device: Device,
): Promise<Granted> {
  const { grant_type, scope, resource } = form;
  if (grant_type === 'client_credentials') {
    if (client.proof === undefined) throw new Refusal('invalid_client', { reason: 'no credentials' });
    return grantClientCredentials(deps, await authenticateClient(deps, client.proof), { scope, resource });
  }
  if (grant_type === 'refresh_token') {
    requirePublic(client, FIRST_PARTY);
    if (resource !== undefined && resource !== deps.config.audience) throw new Refusal('invalid_target');
    return refreshByForm(deps, required(form.refresh_token, 'refresh_token'), device, scope);
  }
  if (grant_type !== EXCHANGE) throw new Refusal('unsupported_grant_type');
  requirePublic(client, API_KEY);
  const target = targetOf(form);
  return { ...(await exchangeKey(deps, keyIn(form), { scope, resource: target })), issuedTokenType: ACCESS_TOKEN };
}

async function refreshByForm(
  deps: RefreshDeps,
  token: string,
  device: Device,
  scope: string | undefined,
): Promise<Granted> {
  return refresh(deps, token, device, scope).catch((error: unknown) => {
    if (!(error instanceof Refusal) || error.code !== 'invalid_refresh_token') throw error;
    throw new Refusal('invalid_grant', { reason: error.reason, cause: error });
  });
}

/** The API key in `form`. Refuses what RFC 8693 has and we do not. */
function keyIn({ subject_token, subject_token_type, requested_token_type, actor_token }: TokenForm): string {
  const key = required(subject_token, 'subject_token');
  if (required(subject_token_type, 'subject_token_type') !== ACCESS_TOKEN)
    throw refuse('subject_token_type', `Must be ${ACCESS_TOKEN}.`);
  if (requested_token_type !== undefined && ![ACCESS_TOKEN, JWT].includes(requested_token_type))
    throw refuse('requested_token_type', `Must be ${ACCESS_TOKEN}.`);
  if (actor_token !== undefined) throw refuse('actor_token', 'Is not supported.');
  return key;
}

/** Whom the token is to be for: RFC 8693, section 2.1, has two names for it. Refuses two targets with `invalid_target`. */
function targetOf({ resource, audience }: TokenForm): string | undefined {
  if (resource !== undefined && audience !== undefined && resource !== audience)
    throw new Refusal('invalid_target', { reason: 'two targets' });
  return resource ?? audience;
}

/** Refuses any client but the one `id`, which has no secret. A form need not name it. */
function requirePublic(client: GivenClient, id: string): void {
  if (client.proof !== undefined || (client.id ?? id) !== id)
    throw new Refusal('invalid_client', { reason: `not the client ${id}, which has no secret` });
}

function required(value: string | undefined, path: string): string {
  if (value === undefined) throw refuse(path, 'Is missing.');
  return value;
}

const refuse = (path: string, message: string) => new Refusal('invalid_request', { errors: [{ path, message }] });
