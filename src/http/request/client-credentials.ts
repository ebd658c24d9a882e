import type { Context } from 'hono';
import { auth } from 'hono/utils/basic-auth';
import type { ClientProof } from '../../domain/oauth/authenticate-client.ts';
import { Refusal } from '../../errors.ts';

/** More than an id and a secret of ours take, encoded twice. */
const MAX_HEADER_LENGTH = 4096;

const JWT_BEARER = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** What a form says of its client: how it proves who it is, or an id alone, or nothing. */
export type FormClient = { proof: ClientProof } | { proof: undefined; id: string | undefined };

/**
 * The client of a form, by `client_secret_basic` or `client_secret_post` (RFC 6749, section 2.3.1), or by
 * `private_key_jwt` (RFC 7523, section 2.2). Refuses with `invalid_request` when it uses several, and with
 * `invalid_client` what cannot be read.
 */
export function readFormClient(c: Context, form: URLSearchParams): FormClient {
  const id = form.get('client_id') ?? undefined;
  const secret = form.get('client_secret');
  const header = c.req.header('Authorization');
  const assertion = readAssertion(form);
  const ways = [secret, header ?? null, assertion ?? null].filter((way) => way !== null);
  if (ways.length > 1) throw new Refusal('invalid_request', { reason: 'several ways of client authentication' });
  if (assertion !== undefined) return { proof: { id, assertion } };
  if (header !== undefined) return { proof: readHeader(c, header, id) };
  if (secret === null) return { proof: undefined, id };
  if (id === undefined) throw new Refusal('invalid_client', { reason: 'a secret without an id' });
  return { proof: { id, secret } };
}

/** As `readFormClient`, for a route that a client must authenticate at. Refuses with `invalid_client` without a proof. */
export function readClientProof(c: Context, form: URLSearchParams): ClientProof {
  const { proof } = readFormClient(c, form);
  if (proof === undefined) throw new Refusal('invalid_client', { reason: 'no credentials' });
  return proof;
}

function readAssertion(form: URLSearchParams): string | undefined {
  const type = form.get('client_assertion_type');
  const assertion = form.get('client_assertion') ?? undefined;
  if (assertion === undefined && type === null) return undefined;
  if (assertion === undefined || type !== JWT_BEARER)
    throw new Refusal('invalid_client', { reason: 'an assertion of another type, or none' });
  return assertion;
}

function readHeader(c: Context, header: string, named: string | undefined): ClientProof {
  const basic = header.length > MAX_HEADER_LENGTH ? undefined : auth(c.req.raw);
  if (basic === undefined) throw new Refusal('invalid_client', { reason: 'not the scheme Basic' });
  const id = decode(basic.username);
  if ((named ?? id) !== id) throw new Refusal('invalid_request', { reason: 'two clients' });
  return { id, secret: decode(basic.password) };
}

/** Both halves of the header are form-encoded (RFC 6749, section 2.3.1). */
function decode(half: string): string {
  try {
    return decodeURIComponent(half.replaceAll('+', ' '));
  } catch (cause) {
    throw new Refusal('invalid_client', { reason: 'broken encoding', cause });
  }
}
