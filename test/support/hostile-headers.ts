import * as fc from 'fast-check';
import type { DeclaredRoute } from './declared-routes.ts';
import { type Account, CANARY, headerText, longText, token } from './hostile-text.ts';

/** The only origin that CORS allows. */
export const ORIGIN = 'https://app.example.org';

export type HostileHeaders = [name: string, value: string][];

/** Generates headers for `route`: mostly those that it takes, and any others beside them. */
export function hostileHeaders({ takes, guard }: DeclaredRoute, account: Account): fc.Arbitrary<HostileHeaders> {
  const others = fc.constantFrom(...Object.entries(otherHeaders)).chain(([name, value]) => named(name, value));
  return fc
    .tuple(
      fc.option(named('content-type', contentType(takes)), { freq: 20 }),
      fc.option(named('authorization', authorization(guard, account)), { freq: guard === undefined ? 2 : 6 }),
      fc.option(named('cf-connecting-ip', address), { freq: 2 }),
      fc.oneof(
        { weight: 2, arbitrary: fc.constant([]) },
        { weight: 2, arbitrary: fc.array(others, { maxLength: 6 }) },
        { weight: 1, arbitrary: bomb },
      ),
    )
    .map(([type, authorization, address, others]) => {
      return [type, authorization, address, ...others].filter((header) => header !== null);
    });
}

function named(name: string, value: fc.Arbitrary<string>): fc.Arbitrary<HostileHeaders[number]> {
  return value.map((value) => [name, value]);
}

const FORM = 'application/x-www-form-urlencoded';

function contentType(takes = 'application/json'): fc.Arbitrary<string> {
  const odd = ['application/jsonp', 'text/plain', 'multipart/form-data', `multipart/form-data; boundary=x`, 'json', ''];
  const parameters = [
    '; charset=utf-8',
    '; charset=utf-16',
    ' ;charset="ISO-8859-1"',
    '; odata.metadata=minimal;;',
    ';',
    ';charset="',
    `; ${CANARY}=${CANARY}`,
    ', text/plain',
  ];
  return fc.oneof(
    { weight: 24, arbitrary: fc.constant(takes) },
    { weight: 2, arbitrary: fc.constantFrom(...parameters).map((parameter) => `${takes}${parameter}`) },
    { weight: 2, arbitrary: fc.constantFrom(takes.toUpperCase(), 'application/json', FORM, ...odd) },
    { weight: 1, arbitrary: headerText },
  );
}

function authorization(guard: string | undefined, account: Account): fc.Arbitrary<string> {
  const isForClients = guard === 'client';
  const odd = [
    '',
    'Bearer',
    'Bearer =',
    `Bearer ${CANARY} ${CANARY}`,
    'Basic',
    'Basic !',
    'Basic =',
    `Basic ${CANARY}`,
  ];
  const pairs = [`${CANARY}:${CANARY}`, 'a', ':', 'a:%', `%${CANARY}:a`, 'orders.api:', '\xff:\xff', `a:${CANARY}:`];
  return fc.oneof(
    {
      weight: isForClients ? 2 : 8,
      arbitrary: fc.tuple(fc.constantFrom('Bearer ', 'bearer  ', 'BEARER '), token(account)).map(joined),
    },
    {
      weight: isForClients ? 10 : 1,
      arbitrary: fc.constant(`Basic ${btoa(`${account.client.id}:${account.client.secret}`)}`),
    },
    { weight: isForClients ? 4 : 1, arbitrary: fc.constantFrom(...pairs).map((pair) => `Basic ${btoa(pair)}`) },
    { weight: 1, arbitrary: fc.constantFrom(...odd) },
    { weight: 1, arbitrary: fc.tuple(fc.constantFrom('', 'Bearer ', 'Basic ', 'Digest '), headerText).map(joined) },
    { weight: 1, arbitrary: longText.map((value) => `Bearer ${value}`) },
  );
}

const addresses = [
  '192.0.2.1',
  '::1',
  '1:2:3:4:5:6:7:8:9::',
  '1:2:3:4:5:6:7:8:9::1',
  '1::2::3:4:5:6:7:8:9::',
  '2001:db8::1',
  '::ffff:192.0.2.1',
  ':::',
  '::',
  '1.2.3.4.5',
  '[::1]',
  '0:0',
  ':',
];
const address = fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...addresses) }, fc.ipV6(), headerText, longText);

const origins = [
  `https://pr-1.preview.example.org`,
  'http://localhost:5173',
  ORIGIN,
  'null',
  `${ORIGIN}.${CANARY}`,
  `https://${CANARY}.example.org`,
  '*',
  `${ORIGIN}, ${ORIGIN}`,
];
const requestIds = [
  '',
  'a',
  'a=-_',
  'a'.repeat(128),
  `${CANARY}.`,
  `${CANARY} a`,
  `{"a":"${CANARY}"}`,
  CANARY.repeat(10),
];

/** The service returns a well-formed request id, so only ill-formed ones contain the canary. */
const otherHeaders: Record<string, fc.Arbitrary<string>> = {
  'x-request-id': fc.oneof(fc.constantFrom(...requestIds), longText),
  'content-encoding': fc.oneof(fc.constantFrom('gzip', 'identity', 'br', 'gzip, gzip', ''), headerText),
  'content-length': fc.constant('99999999'),
  'transfer-encoding': fc.constantFrom('chunked', 'gzip, chunked'),
  origin: fc.oneof(fc.constantFrom(...origins), headerText),
  'access-control-request-method': fc.oneof(fc.constantFrom('POST', 'GET', ''), headerText),
  'access-control-request-headers': fc.oneof(fc.constantFrom('authorization'), headerText),
  'if-none-match': fc.oneof(fc.constantFrom('*', 'W/"a"', `"${CANARY}"`, '"'), headerText, longText),
  'if-match': fc.oneof(fc.constantFrom('*', '""', 'W/"a"', `"${CANARY}"`, '"', ',,'), headerText, longText),
  'user-agent': fc.oneof(headerText, longText),
  cookie: fc.oneof(headerText, longText),
  accept: fc.oneof(fc.constantFrom('text/html', '*/*'), headerText),
  range: fc.constantFrom('bytes=0-1', 'bytes=-'),
  expect: fc.constantFrom('100-continue', CANARY),
  upgrade: fc.constantFrom('websocket', 'h2c'),
  host: headerText,
  'x-forwarded-for': headerText,
  'x-http-method-override': fc.constantFrom('DELETE', 'POST', CANARY),
  'x-original-url': fc.constantFrom('/auth/status', `/${CANARY}`),
};

/** Up to 300 headers. */
const bomb: fc.Arbitrary<HostileHeaders> = fc
  .record({ count: fc.constantFrom(2, 100, 300), value: headerText, isOne: fc.boolean() })
  .map(({ count, value, isOne }) => Array.from({ length: count }, (_, i) => [`x-bomb${isOne ? '' : i}`, value]));

const joined = (parts: string[]) => parts.join('');
