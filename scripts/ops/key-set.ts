import { z } from 'zod';
import { findConfigProblems } from '../../src/config/config.ts';
import { importSigningKeys, JWKS_MAX_AGE_SECONDS } from '../../src/crypto/signing-keys.ts';
import { decodeText, parseJson } from '../secrets/parse.ts';
import { Unreadable } from '../secrets/unreadable.ts';

/** The changes that a key set can undergo. */
export type Change = 'generate' | 'rotate' | 'retire' | 'replace';

/** A private JWKS. Its order is its state: the first key signs, all keys verify. */
export type KeySet = { keys: Record<string, unknown>[] };

/** A key set, with the secrets of the deployment if it came with them. */
export type Holder = { set: KeySet; secrets?: Record<string, string> };

/** Why a key set stays unchanged, in words that show nothing of its keys. */
export class KeySetRefusal extends Error {}

/** The command that deploys a key set, and the one that changes it again. */
export type Calls = { deploy: string; again: (change: Change) => string };

const secretsFile = z.record(z.string(), z.string());
const jwks = z.looseObject({ keys: z.array(z.record(z.string(), z.unknown())) });

/** The key set in `bytes`, a bare JWKS or secrets with SIGNING_KEYS. Refuses one that the service would refuse. */
export async function parseHolder(bytes: Uint8Array): Promise<Holder> {
  const text = decodeText(bytes);
  const json = parseJson(text);
  if (typeof json !== 'object' || json === null) {
    throw new Unreadable('is neither a JWKS nor a JSON object of strings with SIGNING_KEYS');
  }
  if (!('SIGNING_KEYS' in json)) return { set: await parseKeySet(text) };
  const { data: secrets } = secretsFile.safeParse(json);
  if (secrets === undefined) throw new Unreadable('is not a JSON object of strings: a secret in it is not text');
  return { set: await parseKeySet(secrets['SIGNING_KEYS'] ?? ''), secrets };
}

/** The text of a file with `set`: bare, or among `secrets`, which it keeps. */
export function formatHolder({ set, secrets }: Holder): string {
  if (secrets === undefined) return `${JSON.stringify(set)}\n`;
  return `${JSON.stringify({ ...secrets, SIGNING_KEYS: JSON.stringify(set) }, null, 2)}\n`;
}

/** `set` with `fresh` as its standby key; without a `set`, a new one with the key `fresh` only. */
export function generate(set: KeySet | undefined, fresh: KeySet['keys'][number]): KeySet {
  if (set === undefined) return { keys: [fresh] };
  if (set.keys.length > 1) {
    throw new KeySetRefusal('a rotation is under way, so finish it first: rotate, unless you have, and then retire');
  }
  return { ...set, keys: [...set.keys, fresh] };
}

/** `set` with its first and its last key swapped. Rotating twice changes nothing. */
export function rotate(set: KeySet | undefined): KeySet {
  const { first, between, last } = split(set, 'there is no second key to rotate to, so generate one first');
  return { ...set, keys: [last, ...between, first] };
}

/** `set` without its last key. */
export function retire(set: KeySet | undefined): KeySet {
  const { first, between } = split(set, 'the only key cannot be retired, so generate another and rotate first');
  return { ...set, keys: [first, ...between] };
}

/** `set` with `fresh` as its only key. */
export function replace(set: KeySet | undefined, fresh: KeySet['keys'][number]): KeySet {
  if (set === undefined) throw new KeySetRefusal('there is no key set yet, so generate one first');
  return { ...set, keys: [fresh] };
}

/** A line for each key after `change`: id, algorithm and state. */
export function describeKeys(change: Change, { keys }: KeySet): string[] {
  const last = keys.length - 1;
  return keys.map((key, index) => [key['kid'], key['alg'], stateOf(change, index, last)].join('  '));
}

/** What to do once `generate` has made `set`. */
export function afterGenerate({ keys }: KeySet, { deploy, again }: Calls): string[] {
  if (keys.length === 1) {
    return [`Deploy: ${deploy}`, 'From then on this key signs. Tokens of all other keys are refused.'];
  }
  return [
    `1. Deploy: ${deploy}`,
    `2. Once that is deployed, wait at least ${JWKS_MAX_AGE_SECONDS} s: other services may cache the published keys for as long.`,
    `3. ${again('rotate')}`,
  ];
}

/** What to do after `rotate`. `ttl` is the life of an access token, and where it is configured. */
export function afterRotate({ deploy, again }: Calls, ttl: { seconds: number; source: string }): string[] {
  return [
    `1. Deploy: ${deploy}`,
    `2. Once that is deployed, wait at least ${ttl.seconds} s: tokens of the old key stay valid for as long (${ttl.source}).`,
    `3. ${again('retire')}`,
    `If the new key causes trouble, ${again('rotate')} swaps back at any time: both keys are published.`,
  ];
}

/** What to do after `replace`. */
export function afterReplace({ deploy }: Calls): string[] {
  return [
    `1. Deploy now: ${deploy}`,
    'From then on this service refuses tokens of all other keys, and clients refresh.',
    `2. Restart the services that cache the public keys: otherwise they accept forged tokens for up to ${JWKS_MAX_AGE_SECONDS} s more.`,
  ];
}

/** What to do after `retire`. */
export function afterRetire({ deploy }: Calls): string[] {
  return [`Deploy: ${deploy}`, 'From then on tokens of the removed key are refused.'];
}

function stateOf(change: Change, index: number, last: number): string {
  if (index === 0) return 'signs';
  if (index < last || change === 'retire') return 'verifies only';
  return change === 'generate' ? 'standby: published, does not sign yet' : 'verifies only: signed until now';
}

function split(set: KeySet | undefined, otherwise: string) {
  if (set === undefined) throw new KeySetRefusal('there is no key set yet, so generate one first');
  const [first, ...others] = set.keys;
  const last = others.at(-1);
  if (first === undefined || last === undefined) throw new KeySetRefusal(otherwise);
  return { first, between: others.slice(0, -1), last };
}

async function parseKeySet(text: string): Promise<KeySet> {
  const wrong = findConfigProblems({ SIGNING_KEYS: text }).find(({ field }) => field === 'SIGNING_KEYS');
  if (wrong !== undefined) throw new KeySetRefusal(`SIGNING_KEYS ${wrong.problem}`);
  try {
    await importSigningKeys(text);
  } catch {
    throw new KeySetRefusal('SIGNING_KEYS holds an unusable key');
  }
  return jwks.parse(parseJson(text));
}
