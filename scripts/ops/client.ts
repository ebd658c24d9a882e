// npm run client -- ID: makes the credentials of a client of /oauth/. The service is given the hash only.
import { createHash, randomBytes } from 'node:crypto';
import { CLIENT_ID } from '../../src/crypto/bounds.ts';

const [id = '', ...others] = process.argv.slice(2);
if (!CLIENT_ID.test(id) || others.length > 0) {
  console.error('usage: npm run client -- ID (1 to 64 letters, digits, "_", "." or "-", the first no "." and no "-")');
  process.exit(2);
}
const secret = randomBytes(32).toString('base64url');
const hash = createHash('sha256').update(secret).digest('base64url');
console.log(`
client_id      ${id}
client_secret  ${secret}

The secret is for the client, and is shown this once. The service gets its hash, in the secret OAUTH_CLIENTS:

OAUTH_CLIENTS=${id}:${hash}

In development, add this line to .dev.vars and start npm run dev again. For a deployment, put it into the file of secrets as
"OAUTH_CLIENTS": "${id}:${hash}", and deploy. Further clients, and a second secret of the same client while it is being
changed, follow with commas.
`);
