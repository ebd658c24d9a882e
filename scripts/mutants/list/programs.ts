import { mutantsOf } from '../mutant.ts';

const ASSERTIONS = 'test/flows/oauth/client-assertions.test.ts';
const CREDENTIALS = 'test/flows/oauth/client-credentials.test.ts';
const EXCHANGE = 'test/flows/oauth/exchange.test.ts';
const PROGRAMS = 'test/flows/oauth/programs.test.ts';
const REFRESH = 'test/flows/oauth/refresh-grant.test.ts';

/** The token endpoint, and what programs do with its tokens. */
export const programs = [
  ...mutantsOf(
    'src/crypto/client-assertion.ts',
    [ASSERTIONS],
    [
      {
        breaks: 'an assertion for another service is accepted',
        find: 'subject: id, audience: audiences,',
        replace: 'subject: id,',
      },
      { breaks: 'an assertion may be about another client', find: 'issuer: id, subject: id,', replace: 'issuer: id,' },
      {
        breaks: 'an assertion may live for ever',
        find: 'MAX_LIFE_SECONDS + TOLERANCE_SECONDS)',
        replace: 'MAX_LIFE_SECONDS * 1e6)',
      },
      { breaks: 'an assertion may be for several services', find: 'aud.length !== 1', replace: 'aud.length === 0' },
      { breaks: 'a key of a client verifies with another algorithm', find: ' && key.alg === algOf(alg)', replace: '' },
      {
        breaks: 'an assertion is forgotten while it is good',
        find: 'new Date((exp + TOLERANCE_SECONDS) * 1000)',
        replace: 'new Date(exp * 1000)',
      },
    ],
  ),
  ...mutantsOf(
    'src/domain/oauth/authenticate-client.ts',
    [CREDENTIALS],
    [
      {
        breaks: 'any secret is right',
        find: "if (!isRight) throw refuseKnown(deps, row, 'wrong secret');",
        replace: '',
      },
      {
        breaks: 'a disabled client gets tokens',
        find: "if (row.disabledAt !== null) throw refuse('disabled client');",
        replace: '',
      },
      {
        breaks: 'an assertion works twice',
        find: "if (!isNew) throw refuseKnown(deps, row, 'an assertion that was used before');",
        replace: '',
        tests: [ASSERTIONS],
      },
      {
        breaks: 'the id of an assertion is used up for all clients',
        find: 'JSON.stringify([id, jti])',
        replace: 'jti',
        tests: [ASSERTIONS],
      },
      {
        breaks: 'nobody hears of wrong secrets',
        find: "  noteWhenDue(deps, 'refusal', refusal, (note) => deps.clients.noteRefusal(note, event));\n",
        replace: '',
      },
    ],
  ),
  ...mutantsOf(
    'src/domain/late-note.ts',
    [CREDENTIALS],
    [{ breaks: 'every use and refusal is a statement', find: 'if (last === null || last <= due) ', replace: '' }],
  ),
  ...mutantsOf(
    'src/domain/oauth/requested-scope.ts',
    [CREDENTIALS],
    [
      {
        breaks: 'a scope beyond what there is is dropped in silence',
        find: "if (!scopes.every((scope) => available.includes(scope))) throw new Refusal('invalid_scope');",
        replace: '',
      },
      {
        breaks: 'a request for a few scopes gets all',
        find: 'return available.filter((scope) => scopes.includes(scope));',
        replace: 'return available;',
      },
    ],
  ),
  ...mutantsOf(
    'src/domain/oauth/audience-of.ts',
    [CREDENTIALS],
    [
      {
        breaks: 'a client may choose any audience',
        find: "throw new Refusal('invalid_target')",
        replace: 'return resource',
      },
    ],
  ),
  ...mutantsOf(
    'src/domain/oauth/grant-client-credentials.ts',
    [CREDENTIALS],
    [
      {
        breaks: 'a client has no limit of its own',
        find: "  await takeRequest(deps, 'account', `client:${id}`);\n",
        replace: '',
      },
    ],
  ),
  ...mutantsOf(
    'src/domain/oauth/grant-token.ts',
    [EXCHANGE],
    [
      { breaks: 'a client may use the grants of others', find: '  requirePublic(client, API_KEY);\n', replace: '' },
      {
        breaks: 'a client may refresh the sessions of people',
        find: '    requirePublic(client, FIRST_PARTY);\n',
        replace: '',
        tests: [REFRESH],
      },
    ],
  ),
  ...mutantsOf(
    'src/domain/session/session.ts',
    [REFRESH],
    [
      {
        breaks: 'a refresh keeps the scopes of a role that is taken away meanwhile',
        find: 'scopesOfUser(user.roles, config).filter((scope) => wanted?.includes(scope) ?? true)',
        replace: 'wanted ?? scopesOfUser(user.roles, config)',
      },
    ],
  ),
  ...mutantsOf(
    'src/domain/session/sign-token.ts',
    [EXCHANGE],
    [
      {
        breaks: 'a token outlives the API key that it was exchanged for',
        find: 'expiresAt === null ? end',
        replace: 'expiresAt !== null ? end',
      },
    ],
  ),
  ...mutantsOf(
    'src/domain/session/bearer.ts',
    [EXCHANGE],
    [{ breaks: 'the API key of an administrator administers', find: 'admin: false,', replace: 'admin: user.admin,' }],
  ),
  ...mutantsOf(
    'src/domain/oauth/find-lone-bearer.ts',
    [PROGRAMS],
    [
      {
        breaks: 'introspection accepts the token of a disabled client',
        find: "if (!owner.isEnabled) throw new Refusal('revoked_token', { reason: 'disabled owner' });",
        replace: '',
      },
      {
        breaks: 'introspection accepts a token of an older version of its client',
        find: "if (claims.client_version < owner.version) throw new Refusal('revoked_token');",
        replace: '',
      },
      {
        breaks: 'introspection accepts a token of a user who has ended it',
        find: "if (claims.user_version < owner.version) throw new Refusal('revoked_token');",
        replace: '',
        tests: [EXCHANGE],
      },
      {
        breaks: 'introspection accepts what a revoked API key was exchanged for',
        find: ' || row.key.revokedAt !== null',
        replace: '',
      },
    ],
  ),
  ...mutantsOf(
    'src/domain/oauth/revoke-token.ts',
    [PROGRAMS],
    [
      {
        breaks: 'a client may revoke tokens of others',
        find: "throw new Refusal('unauthorized_client', { reason: 'neither its own nor latchkey:revoke' });",
        replace: '',
      },
      {
        breaks: 'one token of a machine cannot be revoked',
        find: ': denylistToken(deps, claims.jti)',
        replace: ': undefined',
      },
    ],
  ),
  ...mutantsOf(
    'src/domain/oauth/own-scopes.ts',
    [PROGRAMS],
    [
      {
        breaks: 'every client may introspect',
        find: 'client.isConfigured || client.row.scopes.includes(scope)',
        replace: "client.isConfigured || scope === 'latchkey:introspect'",
      },
    ],
  ),
];
