import { describe, expect, it } from 'vitest';
import { command } from '../../../../scripts/ops/machine.ts';
import { call } from '../../call.ts';
import { orders, second, SECRET, one, secretMade, secretGone, TOKENS_END } from './machine-records.ts';
import { refuse, standIn, succeed } from './stand-in.ts';

describe('npm run machine -- rotate', () => {
  it('makes a second secret, and then deletes the older one', async () => {
    let machine = orders;
    const { asked, flags } = await standIn({
      [`GET ${one}`]: () => succeed({ data: machine }),
      [`POST ${one}/secrets`]: secretMade,
      [`DELETE ${one}/secrets/s1`]: secretGone,
    });
    const run = (...args: string[]) => call(command, 'rotate', 'orders', ...args, ...flags);
    expect(await run('--finish')).toEqual({
      status: 1,
      stdout: 'orders has one secret. Nothing was changed.\n',
      stderr: '',
    });
    const { stdout } = await run();
    const finish = `npm run machine -- rotate orders --finish ${flags.join(' ')}`;
    const now = `npm run machine -- rotate orders --now ${flags.join(' ')}`;
    expect(stdout.split('\n').slice(0, 4)).toEqual([
      'Made a second secret of orders. Both work.',
      '',
      'client_id      orders',
      `client_secret  ${SECRET}`,
    ]);
    expect(stdout.split('\n').slice(-4)).toEqual([
      'Give the secret to the program, by a way that you trust. It is not shown again.',
      'When the program uses it, delete the older one:',
      `  ${finish}`,
      '',
    ]);
    // Whatever the order that the service gives.
    machine = { ...orders, secrets: [second, ...orders.secrets] };
    expect(await run()).toEqual({
      status: 1,
      stdout: '',
      stderr:
        `orders has two secrets already. When the program uses the newer one: ${finish}\n` +
        `If nobody has the newer one, replace both. The program is refused until it has the new one: ${now}\n`,
    });
    expect(await run('--finish')).toEqual({
      status: 0,
      stdout: `Deleted the older secret of orders. ${TOKENS_END} The program gets new ones.\n`,
      stderr: '',
    });
    expect(asked.at(-1)?.route).toBe(`DELETE ${one}/secrets/s1`);
  });

  it('replaces a secret at once, also when there are two', async () => {
    let machine = orders;
    const { asked, flags } = await standIn({
      [`GET ${one}`]: () => succeed({ data: machine }),
      [`POST ${one}/secrets`]: secretMade,
      [`DELETE ${one}/secrets/s1`]: secretGone,
      [`DELETE ${one}/secrets/s2`]: secretGone,
    });
    const routes = async () => {
      asked.length = 0;
      const { status, stdout } = await call(command, 'rotate', 'orders', '--now', ...flags);
      expect(status).toBe(0);
      expect(stdout.split(SECRET)).toHaveLength(2);
      return [stdout.split('\n')[0], ...asked.map(({ route }) => route)];
    };
    const said = (which: string, old: string) =>
      `Replaced ${which} of orders. What has ${old} is refused. ${TOKENS_END}`;
    const made = [`POST ${one}/secrets`];
    expect(await routes()).toEqual([
      said('the secret', 'the old one'),
      `GET ${one}`,
      ...made,
      `DELETE ${one}/secrets/s1`,
    ]);
    machine = { ...orders, secrets: [...orders.secrets, second] };
    expect(await routes()).toEqual([
      said('both secrets', 'an old one'),
      `GET ${one}`,
      `DELETE ${one}/secrets/s1`,
      ...made,
      `DELETE ${one}/secrets/s2`,
    ]);
  });

  it('prints the new secret also when the old one could not be deleted, and says that it still works', async () => {
    const { flags } = await standIn({
      [`GET ${one}`]: () => succeed({ data: orders }),
      [`POST ${one}/secrets`]: secretMade,
      [`DELETE ${one}/secrets/s1`]: () => refuse(503, 'storage_unavailable', 'No storage.'),
    });
    const { status, stdout, stderr } = await call(command, 'rotate', 'orders', '--now', ...flags);
    expect(status).toBe(1);
    expect(stdout).toContain(`client_secret  ${SECRET}`);
    expect(stderr).toMatch(/No storage\..*\n?.*The old secret still works: npm run machine -- rotate orders --finish /);
  });

  it('does not make a secret for a client that proves itself with a key', async () => {
    const { asked, flags } = await standIn({
      [`GET ${one}`]: () => succeed({ data: { ...orders, secrets: [], jwks: { keys: [{ kty: 'EC' }] } } }),
    });
    const { status, stderr } = await call(command, 'rotate', 'orders', ...flags);
    expect(status).toBe(1);
    expect(stderr).toContain('its own key. To replace it: npm run machine -- rotate orders --jwks FILE');
    expect(asked).toHaveLength(1);
  });
});
