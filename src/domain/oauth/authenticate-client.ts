import { errors } from 'jose';
import { clientIn, verifyClientAssertion } from '../../crypto/client-assertion.ts';
import { isClientSecret } from '../../crypto/client-secret.ts';
import { digestOf } from '../../crypto/verified-tokens.ts';
import { Refusal } from '../../errors.ts';
import type { Client } from '../../store/tables/clients.ts';
import type { Deps } from '../deps.ts';
import { newEvent } from '../event/new-event.ts';
import { noteWhenDue } from '../late-note.ts';
import { isClientId } from './client-id.ts';

/** How a client proves who it is: by a secret, or by an assertion that it has signed (RFC 7523, section 2.2). */
export type ClientProof = { id: string; secret: string } | { id: string | undefined; assertion: string };

/** A client that has proved who it is. Those of `OAUTH_CLIENTS` have no row, and get no access tokens. */
export type AuthenticatedClient = { isConfigured: true; id: string } | { isConfigured: false; id: string; row: Client };

export type ClientAuthenticationDeps = Pick<
  Deps,
  'config' | 'now' | 'trace' | 'note' | 'clients' | 'usedTokens' | 'afterResponse'
>;

/**
 * The client that `proof` is of. A client of `OAUTH_CLIENTS` takes no round trip, one of the database takes one, and an
 * assertion one more, because it is good for one request. Refuses with `invalid_client`, and does not tell what is wrong.
 */
export async function authenticateClient(
  deps: ClientAuthenticationDeps,
  proof: ClientProof,
): Promise<AuthenticatedClient> {
  if ('assertion' in proof) return authenticateByAssertion(deps, proof);
  if (await isClientSecret(proof, deps.config.oauthClients)) return { isConfigured: true, id: proof.id };
  const row = await findClient(deps, proof.id);
  const secrets = row?.secrets ?? [];
  const isRight = await isClientSecret(
    proof,
    secrets.map(({ hash }) => ({ id: proof.id, secretHash: hash })),
  );
  if (row === undefined) throw refuse('unknown client');
  if (!isRight) throw refuseKnown(deps, row, 'wrong secret');
  return enabled(row);
}

async function authenticateByAssertion(
  deps: ClientAuthenticationDeps,
  { id: named, assertion }: { id: string | undefined; assertion: string },
): Promise<AuthenticatedClient> {
  const id = clientIn(assertion);
  if (id === undefined || (named ?? id) !== id) throw refuse('the assertion is not of the client');
  const row = await findClient(deps, id);
  if (row === undefined) throw refuse('unknown client');
  const { issuer } = deps.config;
  const terms = { audiences: [issuer, `${issuer}/oauth/token`], now: deps.now() };
  const { jti, until } = await verifyClientAssertion(assertion, { id, jwks: row.jwks }, terms).catch(
    (error: unknown) => {
      if (error instanceof errors.JOSEError) throw refuseKnown(deps, row, `assertion: ${error.code}`);
      throw error;
    },
  );
  const isNew = await deps.usedTokens.use(await digestOf(JSON.stringify([id, jti])), until);
  if (!isNew) throw refuseKnown(deps, row, 'an assertion that was used before');
  return enabled(row);
}

/** An id that no client can have costs no query. */
const findClient = async ({ clients }: Pick<Deps, 'clients'>, id: string): Promise<Client | undefined> =>
  isClientId(id) ? clients.find(id) : undefined;

function enabled(row: Client): AuthenticatedClient {
  if (row.disabledAt !== null) throw refuse('disabled client');
  return { isConfigured: false, id: row.id, row };
}

const refuse = (reason: string) => new Refusal('invalid_client', { reason });

/** The refusal of somebody who failed to be the client of `row`. The event follows the response. */
function refuseKnown(deps: ClientAuthenticationDeps, { id, lastRefusedAt }: Client, reason: string): Refusal {
  const event = newEvent(deps, 'client_refused', { actor: `client:${id}`, data: { client_id: id } });
  const refusal = { id, at: deps.now(), last: lastRefusedAt };
  noteWhenDue(deps, 'refusal', refusal, (note) => deps.clients.noteRefusal(note, event));
  return refuse(reason);
}
