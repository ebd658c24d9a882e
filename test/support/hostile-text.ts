import * as fc from 'fast-check';

/** A part of every generated text, so that tests recognize it wherever it appears again. */
export const CANARY = 'hunter2-canary';

/**
 * An existing account: the e-mail addresses that a request may contain, the tokens of a live session, those that were
 * mailed, and a client that may introspect and revoke them.
 */
export type Account = {
  addresses: string[];
  access: string;
  refresh: string;
  mailed: string[];
  client: { id: string; secret: string };
};

const oddities = [
  '',
  '\0',
  '\ud800',
  '\udc00x',
  '\u202e',
  '\ufeff',
  '🔑',
  'ﬃ',
  "' OR 1=1 --",
  '<script>',
  '\r\nA: b',
  '%s',
];

/** Generates any text, unprintable and ill-formed too, with the canary in it. */
export const text: fc.Arbitrary<string> = tainted(
  fc.oneof(fc.constantFrom(...oddities), fc.string({ unit: 'binary', maxLength: 30 }), fc.string({ maxLength: 30 })),
);

/** Generates text that a header may contain. */
export const headerText: fc.Arbitrary<string> = tainted(
  fc.oneof(fc.constantFrom('', '\x01', '\x7f', ', a', '; q=1', '"', '\\'), fc.string({ maxLength: 30 })),
);

/** Generates text with a length at some limit or far beyond all limits. */
export const longText: fc.Arbitrary<string> = fc
  .oneof(
    { weight: 30, arbitrary: fc.constantFrom(129, 254, 257, 4097, 8200, 16_384, 40_000) },
    { weight: 1, arbitrary: fc.constant(1_000_000) },
  )
  .map((length) => CANARY.padEnd(length, 'x'));

/** Generates a token: a valid one of `account`, a changed one, or something else in its place. */
export function token({ access, refresh, mailed }: Account): fc.Arbitrary<string> {
  const genuine = fc.constantFrom(access, access, refresh, ...mailed);
  const encoded = fc
    .constantFrom('{}', '[]', 'null', '{', '{"alg":"none"}', '{"alg":"ES256","kid":"__proto__"}', `{"alg":"${CANARY}"}`)
    .map((json) => btoa(json).replaceAll('=', ''));
  const part = fc.oneof(
    encoded,
    encoded,
    fc.constantFrom(...[access, refresh, ...mailed].flatMap((token) => token.split('.')), '', CANARY),
  );
  return fc.oneof(
    { weight: 5, arbitrary: genuine },
    { weight: 6, arbitrary: fc.tuple(genuine, fc.nat(), fc.stringMatching(/^[A-Za-z0-9]$/)).map(replaceOne) },
    { weight: 2, arbitrary: fc.tuple(genuine, fc.nat()).map(([whole, end]) => whole.slice(0, end % whole.length)) },
    { weight: 2, arbitrary: fc.tuple(genuine, fc.constantFrom('=', '==', '.', 'A', `.${CANARY}`)).map(joined) },
    { weight: 4, arbitrary: fc.array(part, { maxLength: 5 }).map((parts) => parts.join('.')) },
    { weight: 1, arbitrary: fc.nat().map((number) => refresh.replace(/\.\d+\./, `.${number}.`)) },
    { weight: 1, arbitrary: longText },
  );
}

/** Generates a plausible value for the field `name`, but never one that creates an account or logs in. */
export function fieldText(name: string, account: Account): fc.Arbitrary<string> {
  switch (name) {
    case 'email':
    case 'new_email':
      return fc.oneof(
        { weight: 3, arbitrary: fc.constantFrom(...account.addresses) },
        { weight: 1, arbitrary: fc.constantFrom(`${CANARY}@localhost`, `@${CANARY}.org`, `a@${CANARY}@b.org`) },
        { weight: 1, arbitrary: text.filter((text) => !text.normalize('NFKC').includes('@')) },
      );
    case 'password':
    case 'new_password':
    case 'current_password':
      return fc.oneof(
        fc.constant(`${CANARY} is long enough`),
        fc.constantFrom('short', `${CANARY} is long enough`),
        text,
      );
    case 'token':
    case 'refresh_token':
      return token(account);
    case 'code':
      return fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...codes) }, { weight: 1, arbitrary: text });
    case 'name':
      // A name makes a client or a key: this one is refused for its NUL.
      return text.map((text) => `${text}\0`);
    case 'client_id':
      return fc.oneof(fc.constant(account.client.id), text);
    case 'client_secret':
      return fc.oneof(fc.constant(account.client.secret), text);
    default:
      return text;
  }
}

/** Codes, and what looks like one: with other digits, signs, or too many or too few. None is likely to be right. */
const codes = [
  '01234567',
  '0123 4567',
  '0123-4567',
  '\u00a001234567\u2003',
  '０１２３４５６７',
  '٠١٢٣٤٥٦٧',
  '𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕',
  '0123456',
  '012345678',
  '-01234567',
  '+1234567',
  '0x123456',
  '1e100000',
  '0123456\n7',
  '0123456\0',
  '01234567'.repeat(1000),
];

function tainted(rest: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.tuple(rest, fc.boolean()).map(([rest, isFirst]) => (isFirst ? `${CANARY}${rest}` : `${rest}${CANARY}`));
}

const joined = (parts: string[]) => parts.join('');

function replaceOne([whole, position, character]: [string, number, string]): string {
  const at = position % whole.length;
  const other = whole[at] === character ? `${character}${character}` : character;
  return `${whole.slice(0, at)}${other}${whole.slice(at + 1)}`;
}
