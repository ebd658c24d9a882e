import { type CryptoKey, exportJWK, generateKeyPair } from 'jose';
import { operatorOf } from '../harness/operator.ts';

/** The scope that the peers ask for, and one that they do not have. */
export const SCOPE = 'api';
export const OTHER_SCOPE = 'articles:write';

/** A client of the database. `keyed` is another one, which has a key pair instead of a secret. */
export type Machines = {
  id: string;
  secret: string;
  keyed: { id: string; key: CryptoKey; kid: string; alg: string };
};

/** Makes the clients as an operator of the service at `url`. They may introspect and revoke, and have `SCOPE`. */
export async function makeMachines(url: string): Promise<Machines> {
  const operator = await operatorOf(url);
  // Some software form-encodes the dot and the dash of these ids.
  const [id, keyedId] = ['peers.a-machine', 'peers.a-keyed-machine'];
  const scopes = [SCOPE, 'latchkey:introspect', 'latchkey:revoke'];
  const { client_secret: secret } = await operator.createMachine({ client_id: id, name: 'Peer', scopes });
  if (secret === null) throw new TypeError('a client without keys has a secret');

  const [kid, alg] = ['k1', 'ES256'];
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
  const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid, alg }] };
  await operator.createMachine({ client_id: keyedId, name: 'Peer with a key', scopes, jwks });
  return { id, secret, keyed: { id: keyedId, key: privateKey, kid, alg } };
}
