import { placeOf } from '../place.ts';
import type { OperatorCommand } from '../operator-command.ts';
import { nextMachineCommand, parseClientId } from './on-client.ts';
import { readJwks } from './read-jwks.ts';
import { parseScopes, sayScopes } from './scope-names.ts';
import { bothShownOnce, tryIt } from './secret-lines.ts';

export const add: OperatorCommand = {
  usage: {
    takes: 'ID [--name NAME] [--scope SCOPE]... [--jwks FILE]',
    does: 'makes a client, and prints its secret; with its public keys in FILE, it has no secret',
  },
  arity: [1, 1],
  options: ['name', 'scope', 'jwks'],
  prepare: ({ args: [first = ''], options: { name, scope, jwks: file } }) => {
    const id = parseClientId(first);
    const fields = { client_id: id, name: name ?? id, scopes: parseScopes(scope) };
    return async (admin) => {
      const jwks = file === undefined ? undefined : await readJwks(file);
      // JSON leaves out what is undefined.
      const body = await admin.createMachine({ ...fields, jwks });
      const { data, client_secret: secret } = body;
      const made = `Made the client ${data.client_id} (${data.name}) with ${sayScopes(data.scopes)}${placeOf(admin)}.`;
      const proof =
        secret === null
          ? ['It proves itself with its own private key (private_key_jwt), which only the program has.']
          : [...bothShownOnce(data.client_id, secret), ...tryIt(admin, data.client_id)];
      const useless =
        data.scopes.length > 0
          ? []
          : [`It gets in nowhere yet: ${nextMachineCommand(['scopes', data.client_id, '+SCOPE'], admin)}`];
      return { json: body, lines: [made, ...useless, ...proof] };
    };
  },
};
