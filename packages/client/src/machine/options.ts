import type { JWK } from 'jose';
import { checkIssuer, checkText, checkTimeout } from '../verify/check-options.ts';
import { type Scope, scopesIn } from '../verify/scopes.ts';
import { isRecord } from '../verify/shapes.ts';

/** A private key as a JWK, whose public half Latchkey knows by the same `kid`. */
export type PrivateKey = JWK & { kid: string; alg: string };

export type MachineOptions = {
  /** `ISSUER` of your Latchkey, such as `https://auth.example.org`. The secret goes nowhere else. */
  url: string;
  /** The id of the client. */
  clientId: string;
  /** Which of the scopes of the client the tokens have. All of them by default. */
  scope?: Scope;
  /** Whom the tokens are for (RFC 8707): one of `RESOURCES` of your Latchkey. By default its `AUDIENCE`. */
  resource?: string;
  /** Replaces the `fetch` of the platform. */
  fetch?: typeof fetch;
  /** How long to wait for a token, in milliseconds: 20000 by default. */
  timeoutMs?: number;
  /** The clock. */
  now?: () => Date;
} & (
  | { clientSecret: string; privateKey?: never }
  /** For `private_key_jwt`, with the `alg` ES256, EdDSA (or Ed25519) or RS256. */
  | { privateKey: PrivateKey; clientSecret?: never }
);

/** RFC 9864 renames EdDSA. */
const ALGORITHMS = ['ES256', 'EdDSA', 'Ed25519', 'RS256'];

/** Throws `TypeError` for options that are wrong, whatever their types say. The message holds no secret. */
export function checkMachineOptions(options: MachineOptions): void {
  const { url, clientId, clientSecret, privateKey, scope, resource, timeoutMs = 1 } = options;
  checkIssuer(url, 'url');
  checkText(clientId, 'clientId');
  if ((clientSecret === undefined) === (privateKey === undefined)) {
    throw new TypeError('Give a clientSecret or a privateKey, and not both.');
  }
  if (clientSecret !== undefined) checkText(clientSecret, 'clientSecret');
  if (privateKey !== undefined) checkPrivateKey(privateKey);
  if (scope !== undefined) scopesIn(scope);
  if (resource !== undefined) checkText(resource, 'resource');
  checkTimeout(timeoutMs);
}

function checkPrivateKey(key: unknown): void {
  const { kid, alg, d } = isRecord(key) ? key : {};
  if (typeof kid === 'string' && kid !== '' && typeof d === 'string' && ALGORITHMS.includes(String(alg))) return;
  throw new TypeError(`privateKey must be a private JWK with a kid and an alg: ${ALGORITHMS.join(', ')}.`);
}
