import known from '../../crypto/known-answers.json' with { type: 'json' };

/** The form of an API key. Only its Latchkey can tell whether there is such a key. */
export const apiKey = `lk_${'0aZ'.repeat(20).slice(0, 59)}_09azAZ`;

const { iat, exp } = known.claims;
const token = { jti: 'token', iat, exp, scope: 'reports:read reports:write' };

/** What the tokens of Latchkey say of those who are no people, and what a verifier says of these. */
export const callers = {
  machine: {
    payload: { ...token, sub: 'reports', client_id: 'reports', client_version: 3 },
    claims: { ...token, kind: 'machine', sub: 'reports', client_id: 'reports' },
  },
  keyOfMachine: {
    payload: { ...token, sub: 'reports', client_id: 'reports', client_version: 3, key_id: 'k1' },
    claims: { ...token, kind: 'machine', sub: 'reports', client_id: 'reports', key_id: 'k1' },
  },
  keyOfUser: {
    payload: { ...token, ...userFields(), client_id: 'api-key', key_id: 'k2', user_version: 3 },
    claims: { ...token, ...userFields(), kind: 'user', client_id: 'api-key', key_id: 'k2' },
  },
};

function userFields() {
  return { sub: 'user', admin: false, email_verified: true, roles: ['editor'], rights_version: 2, tenant: 'acme' };
}
