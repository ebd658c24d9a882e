import type { OperatorCommand } from '../operator-command.ts';
import { readPages } from '../read-pages.ts';
import type { Machine } from '../shapes.ts';
import { fieldLines, moment, table } from '../table.ts';
import { nextMachineCommand, onClient } from './on-client.ts';

export const list: OperatorCommand = {
  usage: { takes: '', does: 'lists the clients, newest first' },
  arity: [0, 0],
  prepare: () => async (admin) => {
    const data = await readPages((query) => admin.listMachines(query));
    const json = { data, next: null };
    if (data.length === 0)
      return { json, lines: [], remark: `There is no client yet: ${nextMachineCommand(['add', 'ID'], admin)}` };
    return {
      json,
      lines: table(['id', 'made', 'last token', 'disabled', 'proof', 'scopes', 'name'], data.map(cellsOf)),
    };
  },
};

export const show = onClient({
  usage: { takes: '', does: 'shows all that is known about a client' },
  arity: [0, 0],
  prepare: () => async (admin, id) => {
    const body = await admin.getMachine(id);
    return { json: body, lines: fieldLines(describe(body.data)) };
  },
});

const time = (iso: string | null, otherwise: string) => (iso === null ? otherwise : moment(iso));

const proofOf = ({ jwks, secrets }: Machine): string => {
  const secret = secrets.length === 0 ? [] : [`${secrets.length} secret${secrets.length === 1 ? '' : 's'}`];
  return [...(jwks === null ? [] : ['own key']), ...secret].join(', ') || 'none';
};

const cellsOf = (machine: Machine) => [
  machine.client_id,
  moment(machine.created_on),
  time(machine.last_used_on, 'never'),
  time(machine.disabled_on, ''),
  proofOf(machine),
  machine.scopes.join(' '),
  machine.name,
];

const idsOf = ({ jwks }: Machine) => jwks?.keys.map(({ kid }) => (typeof kid === 'string' ? kid : 'without kid')) ?? [];

/** What the service knows of the client, in words. */
function describe(machine: Machine): Record<string, string> {
  return {
    id: machine.client_id,
    name: machine.name,
    scopes: machine.scopes.join(' ') || 'none',
    made: moment(machine.created_on),
    disabled: time(machine.disabled_on, 'no'),
    secrets:
      machine.secrets.map(({ secret_id: id, created_on: made }) => `${id} (${moment(made)})`).join(', ') || 'none',
    'public keys': idsOf(machine).join(', ') || 'none',
    'last token': time(machine.last_used_on, 'never'),
    'last refused': time(machine.last_refused_on, 'never'),
  };
}
