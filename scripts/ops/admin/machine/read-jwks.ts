import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { Failure } from '../../../command.ts';
import { decodeText, parseJson } from '../../../secrets/parse.ts';
import { Unreadable } from '../../../secrets/unreadable.ts';

/** The parameters of a JWK that are private or secret (RFC 7518, section 6). */
const PRIVATE = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

const jwk = z.record(z.string(), z.unknown()).refine((fields) => typeof fields['kty'] === 'string');
const keySet = z.union([z.object({ keys: z.array(jwk).min(1) }), jwk.transform((key) => ({ keys: [key] }))]);

/**
 * The public keys in `file`, a JWKS or one JWK. Throws `Failure`, which quotes nothing of the file, for anything else; above
 * all for a private key, which belongs to the program alone.
 */
export async function readJwks(file: string): Promise<{ keys: Record<string, unknown>[] }> {
  const { data } = keySet.safeParse(parseJson(await readText(file)));
  if (data === undefined) throw new Failure('The file of --jwks is no JWKS and no JWK.', 2);
  if (data.keys.some((key) => PRIVATE.some((name) => Object.hasOwn(key, name))))
    throw new Failure('The file of --jwks has a private key. The service must not get it: give the public half.', 2);
  return data;
}

async function readText(file: string): Promise<string> {
  const bytes = await readFile(file);
  try {
    return decodeText(bytes);
  } catch (error) {
    if (error instanceof Unreadable) throw new Failure(`The file of --jwks ${error.message}.`, 2);
    throw error;
  }
}
