import type { Context } from 'hono';
import { auth } from 'hono/utils/basic-auth';
import { Refusal } from '../../errors.ts';

/** More than an id and a secret of ours take, encoded twice. */
const MAX_HEADER_LENGTH = 4096;

/**
 * The credentials of a client, by `client_secret_basic` or `client_secret_post` (RFC 6749, section 2.3.1). Refuses with
 * `invalid_client` when there are none, and with `invalid_request` when there are two.
 */
export function readClientCredentials(c: Context, form: URLSearchParams): { id: string; secret: string } {
  const secret = form.get('client_secret');
  const header = c.req.header('Authorization');
  if (header === undefined) {
    const id = form.get('client_id');
    if (id === null || secret === null) throw new Refusal('invalid_client', { reason: 'no credentials' });
    return { id, secret };
  }
  if (secret !== null) throw new Refusal('invalid_request', { reason: 'credentials in header and form' });
  const basic = header.length > MAX_HEADER_LENGTH ? undefined : auth(c.req.raw);
  if (basic === undefined) throw new Refusal('invalid_client', { reason: 'not the scheme Basic' });
  const id = decode(basic.username);
  if ((form.get('client_id') ?? id) !== id) throw new Refusal('invalid_request', { reason: 'two clients' });
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
