import { isText, textOrNull } from '../client/account.ts';
import { fieldsOf } from '../client/response.ts';
import { isTexts } from '../verify/shapes.ts';
import { unlike } from './records.ts';

/** Public keys of a client, by which it proves to be the client. */
export type Jwks = { keys: object[] };

/** A secret of a client, without what lets anybody in. */
export type ClientSecret = { secret_id: string; created_on: string };

/** A client: a program with scopes of its own. */
export type Client = {
  client_id: string;
  name: string;
  scopes: string[];
  /** `null` for a client without public keys. */
  jwks: Jwks | null;
  /** Two at most. */
  secrets: ClientSecret[];
  created_on: string;
  /** `null` for a client that is not disabled. */
  disabled_on: string | null;
  last_used_on: string | null;
  /** When somebody last failed to prove to be this client. */
  last_refused_on: string | null;
};

/** A client in a response. Fields that this version does not know are kept. */
export function parseClient(data: unknown): Client {
  const fields = fieldsOf(data) ?? {};
  const { client_id: id, name, scopes, jwks, secrets, created_on: on, disabled_on: end } = fields;
  if (!isText(id) || !isText(name) || !isTexts(scopes) || !Array.isArray(secrets) || !isText(on)) throw notClient();
  // Without it, a disabled client would pass for one that is not.
  if (end !== null && !isText(end)) throw notClient();
  return {
    ...fields,
    client_id: id,
    name,
    scopes,
    jwks: jwks === null || jwks === undefined ? null : parseJwks(jwks),
    secrets: secrets.map(parseSecret),
    created_on: on,
    disabled_on: end,
    last_used_on: textOrNull(fields['last_used_on']),
    last_refused_on: textOrNull(fields['last_refused_on']),
  };
}

function parseJwks(value: unknown): Jwks {
  const fields = fieldsOf(value) ?? {};
  const { keys } = fields;
  if (!Array.isArray(keys)) throw notClient();
  return { ...fields, keys: keys.map((key) => fieldsOf(key) ?? refuse()) };
}

function parseSecret(entry: unknown): ClientSecret {
  const fields = fieldsOf(entry) ?? {};
  const { secret_id: id, created_on: on } = fields;
  if (!isText(id) || !isText(on)) throw notClient();
  return { ...fields, secret_id: id, created_on: on };
}

function refuse(): never {
  throw notClient();
}

const notClient = () => unlike('a client');
