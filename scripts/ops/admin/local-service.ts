import { z } from 'zod';
import { Failure } from '../../command.ts';
import { FIRST_PORT } from '../../dev/choose-port.ts';
import { findOthers } from '../../dev/others.ts';
import type { OperatorKeys } from './operator-keys.ts';

const MAX_WAIT_MS = 2000;

const jwks = z.object({ keys: z.array(z.object({ kid: z.string() })) });

/**
 * Where `npm run dev` listens, on one of the ports that it chooses by itself, from `first` on. That is the Latchkey that
 * publishes the operator's key. Throws `Failure` when there is none, or more than one.
 */
export async function findLocalService({ keys, source }: OperatorKeys, first = FIRST_PORT): Promise<string> {
  const running = (await findOthers(first)).map(({ url }) => url);
  const { kid } = keys.signer;
  const published = await Promise.all(
    running.map(async (url) => ((await kidsAt(url)).includes(kid) ? url : undefined)),
  );
  const own = published.filter((url) => url !== undefined);
  const [only, another] = own;
  if (only !== undefined && another === undefined) return only;
  const choose = 'Choose one with --url URL.';
  if (only !== undefined) throw new Failure(`Services with the same keys run at ${own.join(', ')}. ${choose}`);
  if (running.length > 0)
    throw new Failure(`The key in ${source} is not one of the Latchkey at ${running.join(', ')}. ${elsewhere(first)}`);
  throw new Failure(`Nothing answers at http://localhost:${first}. Is npm run dev running? ${elsewhere(first)}`);
}

const elsewhere = (first: number) =>
  `For a service on another port or machine, give --url URL, such as http://localhost:${first + 1000}.`;

async function kidsAt(url: string): Promise<string[]> {
  try {
    const signal = AbortSignal.timeout(MAX_WAIT_MS);
    const response = await fetch(`${url}/.well-known/jwks.json`, { signal, redirect: 'error' });
    return jwks.parse(await response.json()).keys.map(({ kid }) => kid);
  } catch {
    return [];
  }
}
