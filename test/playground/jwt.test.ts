import { expect, it } from 'vitest';
import { decodeJwt } from '../../packages/playground/src/jwt.ts';

it('decodes the header and the claims of a token', () => {
  // RFC 7519, section 3.1.
  const token =
    'eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
  expect(decodeJwt(token)).toEqual({
    header: { typ: 'JWT', alg: 'HS256' },
    claims: { iss: 'joe', exp: 1300819380, 'http://example.com/is_root': true },
  });
});

it.each(['', 'a', 'a.b.c', 'e30.W10.', '01a21687-eb06-7e0d-a9e4-639acf083fb3.0.hwVdVo1cEc'])(
  'decodes nothing in %j',
  (text) => {
    expect(decodeJwt(text)).toBeUndefined();
  },
);
