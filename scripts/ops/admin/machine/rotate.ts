import { Failure, UsageError } from '../../../command.ts';
import type { Admin } from '../client.ts';
import type { Describe } from '../operate.ts';
import type { Outcome } from '../operator-command.ts';
import { placeOf } from '../place.ts';
import type { Machine } from '../shapes.ts';
import { changeMachine, TOKENS_END } from './change.ts';
import { nextMachineCommand, onClient } from './on-client.ts';
import { readJwks } from './read-jwks.ts';
import { shownOnce } from './secret-lines.ts';

export const rotate = onClient({
  usage: {
    takes: '[--finish | --now | --jwks FILE]',
    does:
      'makes a second secret; --finish then deletes the older one; --now replaces all at once, after a leak; ' +
      '--jwks replaces the public keys',
  },
  arity: [0, 0],
  options: ['finish', 'now', 'jwks'],
  prepare: ({ options: { finish = false, now = false, jwks: file } }) => {
    if ([finish, now, file !== undefined].filter(Boolean).length > 1)
      throw new UsageError('Give one of --finish, --now and --jwks.');
    return async (admin, id, describe) => {
      if (file !== undefined) return replaceKeys(admin, id, file);
      const machine = (await admin.getMachine(id)).data;
      if (machine.secrets.length === 0) throw noSecret(admin, machine);
      if (finish) return finishRotation(admin, machine);
      return now ? replaceNow(admin, machine, describe) : startRotation(admin, machine);
    };
  },
});

function noSecret(admin: Admin, { client_id: id, jwks }: Machine): Failure {
  const words = jwks === null ? 'has no secret' : 'has no secret: it proves itself with its own key';
  return new Failure(`${id} ${words}. To replace it: ${nextMachineCommand(['rotate', id, '--jwks', 'FILE'], admin)}`);
}

/** The ids of the secrets, oldest first. */
const agedIds = ({ secrets }: Machine): string[] =>
  secrets
    .toSorted((one, other) => Date.parse(one.created_on) - Date.parse(other.created_on))
    .map(({ secret_id: secret }) => secret);

async function startRotation(admin: Admin, { client_id: id, secrets }: Machine): Promise<Outcome> {
  const finish = nextMachineCommand(['rotate', id, '--finish'], admin);
  if (secrets.length > 1) {
    const now = nextMachineCommand(['rotate', id, '--now'], admin);
    throw new Failure(
      `${id} has two secrets already. When the program uses the newer one: ${finish}\n` +
        `If nobody has the newer one, replace both. The program is refused until it has the new one: ${now}`,
    );
  }
  const body = await admin.createSecret(id);
  const lines = [
    `Made a second secret of ${id}${placeOf(admin)}. Both work.`,
    ...shownOnce(id, body.client_secret),
    'When the program uses it, delete the older one:',
    `  ${finish}`,
  ];
  return { json: body, lines };
}

async function finishRotation(admin: Admin, machine: Machine): Promise<Outcome> {
  const { client_id: id } = machine;
  const [older, ...newer] = agedIds(machine);
  if (older === undefined || newer.length === 0)
    return { json: { data: machine }, lines: [`${id} has one secret. Nothing was changed.`], isDone: false };
  const body = await admin.deleteSecret(id, older);
  const lines = [`Deleted the older secret of ${id}${placeOf(admin)}. ${TOKENS_END}. The program gets new ones.`];
  return { json: body, lines };
}

/** Two secrets are the most. Of two, the older one goes first, to make room. */
async function replaceNow(admin: Admin, machine: Machine, describe: Describe): Promise<Outcome> {
  const { client_id: id } = machine;
  const ids = agedIds(machine);
  const [last = '', ...others] = ids.toReversed();
  for (const secret of others) await admin.deleteSecret(id, secret);
  const made = await admin.createSecret(id);
  const shown = shownOnce(id, made.client_secret);
  try {
    const { data } = await admin.deleteSecret(id, last);
    const [which, old] = ids.length === 1 ? ['the secret', 'the old one'] : ['both secrets', 'an old one'];
    return {
      json: { ...made, data },
      lines: [`Replaced ${which} of ${id}${placeOf(admin)}. What has ${old} is refused. ${TOKENS_END}.`, ...shown],
    };
  } catch (error) {
    const remark = `${describe(error)}\nThe old secret still works: ${nextMachineCommand(['rotate', id, '--finish'], admin)}`;
    return { json: made, lines: [`Made a new secret of ${id}${placeOf(admin)}.`, ...shown], remark, isDone: false };
  }
}

async function replaceKeys(admin: Admin, id: string, file: string): Promise<Outcome> {
  const jwks = await readJwks(file);
  return changeMachine(
    admin,
    id,
    { jwks },
    {
      done: () => `Replaced the public keys of ${id}`,
      more: ({ secrets: { length } }) =>
        length === 0 ? TOKENS_END : `${TOKENS_END}. Its ${length === 1 ? 'secret works' : 'secrets work'} too`,
      already: () => `${id} has these keys already`,
    },
  );
}
