import { mutantsOf } from '../mutant.ts';

const TOKENS = 'test/crypto/tokens.test.ts';
const VERIFIED = 'test/crypto/verified-tokens.test.ts';
const CLAIMS = 'test/crypto/access-token-claims.test.ts';
const HOSTILE_TOKENS = 'test/flows/session/hostile-tokens.test.ts';

export const accessTokens = [
  ...mutantsOf(
    'src/crypto/signing-keys.ts',
    [TOKENS],
    [
      {
        breaks: 'a signing key with a foreign public half is accepted',
        find: 'await compactVerify(signature, verifier.key);',
        replace: '',
      },
      {
        breaks: 'private keys are published',
        find: 'crv, x, y, n, e }: JWK): JWK {\n  const members = { kty,',
        replace: 'crv, x, y, n, e, d }: JWK): JWK {\n  const members = { d, kty,',
        tests: ['test/flows/key/signing-keys.test.ts'],
      },
      {
        breaks: 'a removed signing key still verifies',
        find: 'if (imported?.jwks !== jwks)',
        replace: 'if (imported === undefined)',
        tests: ['test/flows/key/signing-keys.test.ts'],
      },
    ],
  ),
  ...mutantsOf(
    'src/crypto/access-token.ts',
    [HOSTILE_TOKENS],
    [
      {
        breaks: 'an access token of another issuer is accepted',
        find: '{ typ: TYPE, issuer, audience,',
        replace: '{ typ: TYPE, audience,',
      },
      {
        breaks: 'an access token for another audience is accepted',
        find: '{ typ: TYPE, issuer, audience,',
        replace: '{ typ: TYPE, issuer,',
      },
      {
        breaks: 'a JWT of another type is accepted',
        find: '{ typ: TYPE, issuer, audience,',
        replace: '{ issuer, audience,',
      },
      {
        breaks: 'an access token is accepted after its expiry',
        find: 'claims.exp <= seconds',
        replace: 'claims.exp < seconds',
        tests: [TOKENS],
      },
      {
        breaks: 'a token that was verified once is accepted for ever',
        find: 'if (claims.exp <= seconds)',
        replace: 'if (known === undefined && claims.exp <= seconds)',
        tests: [VERIFIED],
      },
      {
        breaks: 'a token that was verified for one audience is accepted for another',
        find: 'digestOf(parties.issuer, parties.audience, token)',
        replace: 'digestOf(parties.issuer, token)',
        tests: [VERIFIED],
      },
      {
        breaks: 'no verified token is remembered',
        find: 'const known = verified.recall(digest);',
        replace: 'const known = verified.recall(token);',
        tests: [VERIFIED],
      },
      {
        breaks: 'a token that is not valid yet is accepted after it was asked to be revoked',
        find: 'if (mayBeExpired) return claims;',
        replace: '',
        tests: [VERIFIED],
      },
      {
        breaks: 'a key verifies with an algorithm that is not its own',
        find: 'candidate.kid === kid && candidate.alg === alg',
        replace: 'candidate.kid === kid',
        tests: [TOKENS],
      },
      {
        breaks: 'a key verifies tokens whose kid names another key',
        find: 'candidate.kid === kid && candidate.alg === alg',
        replace: 'candidate.alg === alg',
      },
      {
        breaks: 'an access token has several spellings',
        find: 'if (!FORMAT.test(token)) throw',
        replace: 'if (token === undefined) throw',
        tests: [TOKENS],
      },
    ],
  ),
  ...mutantsOf(
    'src/crypto/access-token-claims.ts',
    [CLAIMS],
    [
      {
        breaks: 'the claim sub, jti or client_id may have any type',
        find: '[sub, jti, client_id].every',
        replace: '[sub, client_id].every',
      },
      { breaks: 'the claim iat or exp may be missing', find: '[iat, exp].every', replace: '[iat].every' },
      { breaks: 'the claim scope may have any type', find: "typeof scope === 'string'", replace: 'true' },
      {
        breaks: 'the claim admin may have any type',
        find: "typeof admin !== 'boolean' ||\n",
        replace: '\n',
        tests: [HOSTILE_TOKENS],
      },
      {
        breaks: 'the claim email_verified may have any type',
        find: "typeof email_verified !== 'boolean' ||\n",
        replace: '\n',
        tests: [HOSTILE_TOKENS],
      },
      {
        breaks: 'the claim user_version may have any type',
        find: "typeof user_version !== 'number' ||\n",
        replace: '\n',
      },
      { breaks: 'an API key may be that of an administrator', find: ' || admin) throw', replace: ') throw' },
      {
        breaks: 'a machine may be one client and say it is another',
        find: ' || claims.client_id !== sub)',
        replace: ')',
      },
      {
        breaks: 'a token with a session may count as that of a machine',
        find: "!('sid' in claims) && 'client_version' in claims",
        replace: "'client_version' in claims",
      },
    ],
  ),
];
