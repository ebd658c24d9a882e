import { existsSync } from 'node:fs';
import { importSigningKeys, type SigningKeys } from '../../../src/crypto/signing-keys.ts';
import { Failure } from '../../command.ts';
import { ANY_ISSUER } from '../../dev/vars.ts';
import { readBytes } from '../../secrets/file.ts';
import { decodeText, parseDevVars, parseSecrets } from '../../secrets/parse.ts';
import { wordsOf } from '../../secrets/unreadable.ts';
import { KeySetRefusal, parseHolder } from '../key-set.ts';

/** The keys that an operator signs with. `source` names where they are; `issuer` is one that stands beside them. */
export type OperatorKeys = { keys: SigningKeys; source: string; issuer: string | undefined };

/**
 * The keys in `file`: secrets as `npm run secrets` writes them, NAME=value lines, or a bare JWKS. Throws `Failure`, which
 * quotes nothing of the file, nor its name: that may be a secret given by mistake.
 */
export async function readSecretsFile(file: string): Promise<OperatorKeys> {
  if (!existsSync(file)) throw new Failure('--secrets-file: there is no such file.', 2);
  return attempt('The file of secrets', async () => {
    const bytes = readBytes(file);
    const jwks = decodeText(bytes).trimStart().startsWith('{')
      ? JSON.stringify((await parseHolder(bytes)).set)
      : parseSecrets(bytes)['SIGNING_KEYS'];
    return { keys: await importKeys(jwks), source: 'the file of secrets', issuer: undefined };
  });
}

/** The keys of `npm run dev` in `file`, a `.dev.vars`. Throws `Failure`. */
export async function readDevKeys(file: string): Promise<OperatorKeys> {
  if (!existsSync(file)) {
    const words =
      'There is no .dev.vars yet, which npm run dev writes. For a deployment, give --url and --secrets-file.';
    throw new Failure(words, 2);
  }
  return attempt('.dev.vars', async () => {
    const { SIGNING_KEYS, ISSUER = ANY_ISSUER } = parseDevVars(readBytes(file));
    const keys = await importKeys(SIGNING_KEYS);
    return { keys, source: '.dev.vars', issuer: ISSUER === ANY_ISSUER || ISSUER === '' ? undefined : ISSUER };
  });
}

async function importKeys(jwks: string | undefined): Promise<SigningKeys> {
  if ((jwks ?? '') === '') throw new KeySetRefusal('it holds no SIGNING_KEYS, so it cannot sign for an operator');
  try {
    return await importSigningKeys(jwks ?? '');
  } catch {
    throw new KeySetRefusal('SIGNING_KEYS holds an unusable key');
  }
}

async function attempt<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const words = error instanceof KeySetRefusal ? `cannot be used: ${error.message}` : wordsOf(error);
    throw new Failure(`${what} ${words}.`, 2);
  }
}
