// npm run client -- ID: makes the credentials of a client of /oauth/. The service gets only the hash.
import { createHash, randomBytes } from 'node:crypto';
import { CLIENT_ID } from '../../src/crypto/bounds.ts';
import { type Command, parseCommandLine, UsageError } from '../command.ts';

export const command: Command = {
  usage: `npm run client -- ID

Makes a secret for the OAuth client ID, and prints it with its entry in OAUTH_CLIENTS. Such a client may introspect and revoke
every token, and gets none. For a program that needs tokens: npm run machine.
ID has 1 to 64 letters, digits, "_", "." or "-". It begins with a letter, a digit or "_".`,

  run: (args) => {
    const { positionals } = parseCommandLine(args, {});
    const [id = '', ...others] = positionals;
    if (others.length > 0) throw new UsageError('Give one ID.');
    if (!CLIENT_ID.test(id)) throw new UsageError('Give an ID of the form below.');
    const secret = randomBytes(32).toString('base64url');
    const entry = `${id}:${createHash('sha256').update(secret).digest('base64url')}`;
    console.log(`
client_id      ${id}
client_secret  ${secret}

Give the secret to the client. It is not shown again. The service gets only its hash, in the secret OAUTH_CLIENTS:

OAUTH_CLIENTS=${entry}

For development, add this line to .dev.vars and restart npm run dev. For a deployment, add
"OAUTH_CLIENTS": "${entry}" to your file of secrets, and deploy.
To add clients, or a second secret while a client changes its secret, separate the entries with commas.
`);
  },
};
