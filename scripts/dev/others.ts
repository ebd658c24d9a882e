import { z } from 'zod';
import { Failure } from '../command.ts';

/** As many runs at a time are found: `npm run dev` chooses the first free port, and a person may name others. */
const USUAL_PORTS = 10;

const MAX_WAIT_MS = 1000;

/** Another Latchkey on this machine: where it listens, and the `iss` of its tokens. */
export type Other = { url: string; issuer: string };

/** The Latchkeys that listen at `asked`, or at one of the usual ports, which begin at `first`. Those with https are not found. */
export async function findOthers(first: number, asked: number[] = []): Promise<Other[]> {
  const usual = Array.from({ length: USUAL_PORTS }, (_, index) => first + index);
  const found = await Promise.all(Array.from(new Set([...usual, ...asked]), findAt));
  return found.filter((other) => other !== undefined);
}

/** Where `others` listen, in a sentence. */
export function sayOthers(others: Other[]): string {
  const places = others.map(({ url, issuer }) => (issuer === url ? url : `${url} (its issuer is ${issuer})`));
  return `${others.length === 1 ? 'Another Latchkey runs' : 'Other Latchkeys run'} on this machine, at ${places.join(', ')}.`;
}

/** `error`, with a sentence about the other Latchkeys, one of which may be in the way. */
export function withOthers(error: unknown, others: Other[]): unknown {
  if (!(error instanceof Failure) || others.length === 0) return error;
  return new Failure(`${error.message}\n${sayOthers(others)}`, error.exitCode);
}

/** What Latchkey says of itself (RFC 8414). Other issuers have other endpoints. An origin is safe to print. */
const metadata = z
  .object({ issuer: z.url().refine((url) => new URL(url).origin === url), introspection_endpoint: z.string() })
  .refine((said) => said.introspection_endpoint === `${said.issuer}/oauth/introspect`);

async function findAt(port: number): Promise<Other | undefined> {
  const url = `http://localhost:${port}`;
  try {
    const signal = AbortSignal.timeout(MAX_WAIT_MS);
    const response = await fetch(`${url}/.well-known/oauth-authorization-server`, { signal, redirect: 'error' });
    const { issuer } = metadata.parse(await response.json());
    return { url, issuer };
  } catch {
    // Nothing listens there, or something else does.
    return undefined;
  }
}
