import { UsageError } from '../../../command.ts';
import { listKeys, parseKeyId } from '../keys.ts';
import { placeOf } from '../place.ts';
import { readPages } from '../read-pages.ts';
import { moment } from '../table.ts';
import { onClient } from './on-client.ts';
import { parseScopes, sayScopes } from './scope-names.ts';

/** The longest life of a key. */
const MAX_DAYS = 3650;

export const keys = onClient({
  usage: { takes: '', does: 'lists the API keys of a client' },
  arity: [0, 0],
  prepare: () => async (admin, id) => listKeys(await readPages((query) => admin.listMachineKeys(id, query)), id),
});

export const key = onClient({
  usage: {
    takes: '--name NAME [--scope SCOPE]... [--days N|--never]',
    does: 'makes an API key for a client, and prints it; it ends after 90 days unless you say otherwise',
  },
  arity: [0, 0],
  options: ['name', 'scope', 'days', 'never'],
  prepare: ({ options: { name, scope, days, never } }) => {
    if (name === undefined) throw new UsageError('Give the key a --name, by which you tell it from others.');
    if (days !== undefined && never === true) throw new UsageError('Give --days or --never.');
    const fields = {
      name,
      scopes: scope === undefined ? undefined : parseScopes(scope),
      expires_in_days: never === true ? null : parseDays(days),
    };
    return async (admin, id) => {
      const body = await admin.createMachineKey(id, fields);
      const { data } = body;
      const end = data.expires_on === null ? 'It does not end' : `It ends ${moment(data.expires_on)}`;
      const lines = [
        `Made the key ${data.key_id} (${data.name}) of ${id} with ${sayScopes(data.scopes)}${placeOf(admin)}. ${end}.`,
        '',
        `  ${body.key}`,
        '',
        'Give it to the program, by a way that you trust. It is not shown again. Try it, with the key in API_KEY:',
        `  curl -si -H "authorization: Bearer $API_KEY" "${admin.origin}/auth/verify?scope=${data.scopes[0] ?? 'SCOPE'}"`,
      ];
      return { json: body, lines };
    };
  },
});

export const revokeKey = onClient({
  usage: { takes: 'KEY', does: 'revokes an API key of a client; KEY is its id' },
  arity: [1, 1],
  prepare: ({ args: [given = ''] }) => {
    const keyId = parseKeyId(given);
    return async (admin, id) => {
      const body = await admin.revokeMachineKey(id, keyId);
      return { json: body, lines: [`Revoked the key ${keyId} of ${id}${placeOf(admin)}.`] };
    };
  },
});

function parseDays(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,4}$/.test(text) && Number(text) >= 1 && Number(text) <= MAX_DAYS) return Number(text);
  throw new UsageError(`--days takes a number from 1 to ${MAX_DAYS}. --never makes a key without an end.`);
}
