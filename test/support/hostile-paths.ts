import * as fc from 'fast-check';
import { type Account, CANARY, longText, text } from './hostile-text.ts';

/** Generates the path of a route with parameters and a query, mostly well formed. */
export function hostilePath(path: string, fields: string[], account: Account): fc.Arbitrary<string> {
  const parts = path.split(/\{\w+\}/);
  const filled = fc
    .tuple(...parts.map(() => segment))
    .map((segments) => parts.map((part, i) => (i === 0 ? part : `${segments[i] ?? ''}${part}`)).join(''));
  const written = fc.oneof(
    { weight: 8, arbitrary: filled },
    { weight: 1, arbitrary: fc.tuple(filled, fc.constantFrom(...tricks)).map(([path, trick]) => trick(path)) },
  );
  return fc.tuple(written, query(fields, account)).map(([path, query]) => `${path}${query}`);
}

/** Generates a path of any words. */
export function arbitraryPath(words: string[], account: Account): fc.Arbitrary<string> {
  const word = fc.oneof(fc.constantFrom(...words), segment);
  const path = fc.array(word, { maxLength: 5 }).map((segments) => `/${segments.join('/')}`);
  return fc.tuple(path, query([], account)).map(([path, query]) => `${path}${query}`);
}

const NO_SESSION = '00000000-0000-7000-8000-000000000000';

const segment = fc.oneof(
  fc.constantFrom(NO_SESSION, NO_SESSION.toUpperCase(), CANARY, '%00', '..', '%2e%2e', '%2F', '%', '%ff', '%u0000'),
  fc.constantFrom(';', "'", ':id', '{id}', '*', '__proto__', '.env', 'a%0d%0aA:b', '%ed%a0%80', ''),
  text.map((text) => encodeURIComponent(text.toWellFormed())),
  text.map((text) => text.replaceAll(/[?#]/g, '')),
  longText,
);

const tricks: ((path: string) => string)[] = [
  (path) => `${path}/`,
  (path) => `/${path}`,
  (path) => path.replaceAll('/', '//'),
  (path) => path.toUpperCase(),
  (path) => `${path};${CANARY}=1`,
  (path) => `${path}%00`,
  (path) => `${path}/.`,
  (path) => `${path}/%2e%2e/${CANARY}`,
  (path) => `/${CANARY}/..${path}`,
  (path) => `/${CANARY}/%2E%2E${path}`,
  (path) => `/${path.slice(1).replaceAll('/', '%2f')}`,
  (path) => path.replaceAll('/', '\\'),
  (path) => path.replace(/[a-z]/, (letter) => `%${letter.charCodeAt(0).toString(16)}`),
  (path) => path.replace(/[a-z]/, (letter) => `%25${letter.charCodeAt(0).toString(16)}`),
  (path) => `${path}%`,
  (path) => `${path}/${CANARY.repeat(500)}`,
];

/** Generates a query, sometimes with a `scope` first that no route accepts. */
function query(fields: string[], { access }: Account): fc.Arbitrary<string> {
  const name = fc.constantFrom('scope', ...fields, '__proto__', CANARY, `access_token`);
  const value = fc.oneof(
    fc.constantFrom(CANARY, 'session', 'all', 'others', '', '%', '%ff', '%00', '[]', 'true', access),
    fc.constantFrom('_', '%25', '%25%27 OR 1=1 --', '@', '%ed%a0%80', '\u{10ffff}', '1.', '9'.repeat(400)),
    longText,
    text.map((text) => encodeURIComponent(text.toWellFormed())),
    text.map((text) => text.replaceAll('#', '')),
  );
  const pairs = fc.array(fc.tuple(name, value), { maxLength: 4 });
  return fc.oneof(
    { weight: 8, arbitrary: fc.constant('') },
    { weight: 2, arbitrary: pairs.map((pairs) => `?${pairs.map((pair) => pair.join('=')).join('&')}`) },
    {
      weight: 2,
      arbitrary: pairs.map((pairs) => `?${[['scope', CANARY], ...pairs].map((pair) => pair.join('=')).join('&')}`),
    },
    { weight: 1, arbitrary: fc.constantFrom('?', '?&&=&', '?%', `#${CANARY}`, `?${'scope=all&'.repeat(2000)}`) },
  );
}
