import { describe, expect, it } from 'vitest';
import { sql, sqlValue } from '../../support/database.ts';
import { HOME, networks, startGuessing, STRANGER } from '../../support/guessing.ts';

describe('a guesser in one network, at one account', () => {
  it('has to wait a minute after ten guesses, even with the right password', async () => {
    const { clock, register, wrong, right } = startGuessing();
    await register();
    await wrong(HOME, 9);
    expect(await right(HOME)).toBe(200);
    await wrong(HOME, 10);
    expect(await right(HOME)).toBe(404);
    clock.pass(59.999);
    expect(await right(HOME)).toBe(404);
    clock.pass(0.001);
    expect(await right(HOME)).toBe(200);
  });

  it('has to wait twice as long after each further guess, up to an hour', async () => {
    const { clock, register, wrong, right } = startGuessing();
    await register();
    await wrong(HOME, 10);
    // The wait of 32 minutes comes twice, because one guess is forgotten after an hour.
    for (const minutes of [1, 2, 4, 8, 16, 32, 32, 60, 60]) {
      clock.pass(minutes * 60 - 0.1);
      expect(await right(HOME)).toBe(404);
      clock.pass(0.1);
      await wrong(HOME);
    }
  });

  it('does not wait longer for attempts made while waiting', async () => {
    const { clock, register, wrong, right } = startGuessing();
    await register();
    await wrong(HOME, 10);
    await wrong(HOME, 15);
    clock.pass(60);
    expect(await right(HOME)).toBe(200);
  });

  it('starts over after a success, and loses one guess from the count each hour', async () => {
    const { clock, register, wrong, right } = startGuessing();
    await register();
    await wrong(HOME, 9);
    expect(await right(HOME)).toBe(200);
    await wrong(HOME, 9);
    clock.pass(2 * 3600);
    await wrong(HOME, 2);
    expect(await right(HOME)).toBe(200);
  });

  it('gets no credit for time without guesses', async () => {
    const { clock, register, wrong, right } = startGuessing();
    await register();
    await wrong(HOME);
    clock.pass(30 * 86_400);
    await wrong(HOME, 10);
    expect(await right(HOME)).toBe(404);
  });

  it('shares a count with the whole /64, and not with the next one', async () => {
    const { register, wrong, right } = startGuessing();
    await register();
    await wrong('2001:db8:1:2::1', 5);
    await wrong('2001:db8:1:2:ffff::2', 5);
    expect(await right('2001:DB8:1:2::3')).toBe(404);
    expect(await right('2001:db8:1:3::1')).toBe(200);
  });

  it('does not lock the owner out of other networks', async () => {
    const { register, wrong, right } = startGuessing();
    await register();
    await wrong(STRANGER, 25);
    expect(await right(HOME)).toBe(200);
    expect(await right('192.0.2.9')).toBe(200);
  });
});

describe('guessers in many networks, at one account', () => {
  it('make unknown networks wait a second after twenty guesses', async () => {
    const { clock, register, wrong, right } = startGuessing();
    await register();
    for (const network of networks(20)) await wrong(network);
    clock.pass(0.999);
    expect(await right('192.0.2.9')).toBe(404);
    clock.pass(0.001);
    expect(await right('192.0.2.9')).toBe(200);
  });

  it('make unknown networks wait a minute at most', async () => {
    const { clock, register, wrong, right } = startGuessing();
    await register();
    for (const network of networks(60)) {
      await wrong(network);
      clock.pass(1);
    }
    expect(await right('192.0.2.9')).toBe(404);
    clock.pass(60);
    expect(await right('192.0.2.9')).toBe(200);
  });

  it('do not lock the owner out of a network of a registration or login in the last 90 days', async () => {
    const { clock, register, wrong, right } = startGuessing();
    await register();
    expect(await right('192.0.2.9')).toBe(200);
    clock.pass(89.9 * 86_400);
    for (const network of networks(25)) await wrong(network);
    expect(await right('192.0.2.10')).toBe(404);
    expect(await right('192.0.2.9')).toBe(200);
    expect(await right(HOME)).toBe(200);
    clock.pass(90 * 86_400);
    for (const network of networks(25)) await wrong(network);
    expect(await right(HOME)).toBe(404);
  });
});

describe('a guesser in one network, at many accounts', () => {
  it('has a hundred guesses, and then one a minute', async () => {
    const { clock, register, wrong, right } = startGuessing();
    await register();
    await register('jane@gmail.com');
    for (let i = 0; i < 100; i += 1) await wrong(STRANGER, 1, `${i}@gmail.com`);
    expect(await right(STRANGER)).toBe(404);
    clock.pass(60);
    expect(await right(STRANGER)).toBe(200);
    await wrong(STRANGER, 1, '101@gmail.com');
    expect(await right(STRANGER)).toBe(200);
    expect(await right(STRANGER, 'jane@gmail.com')).toBe(404);
  });

  it('gets a refund for each login that succeeds', async () => {
    const { register, right } = startGuessing();
    for (let i = 0; i < 5; i += 1) await register(`${i}@gmail.com`);
    for (let i = 0; i < 5; i += 1) expect(await right(STRANGER, `${i}@gmail.com`)).toBe(200);
    expect(await sql('SELECT forgotten_at - retry_at AS ahead FROM login_attempts')).toEqual([{ ahead: 0 }]);
  });

  it('gets no refund for a login from a known network, which was not counted', async () => {
    const { register, wrong, right } = startGuessing();
    await register('mallory@gmail.com');
    for (let i = 0; i < 50; i += 1) await wrong(HOME, 1, `${i}@gmail.com`);
    const counted = () => sqlValue('SELECT sum(forgotten_at) FROM login_attempts');
    const before = await counted();
    for (let i = 0; i < 5; i += 1) expect(await right(HOME, 'mallory@gmail.com')).toBe(200);
    expect(await counted()).toBe(before);
  });
});

describe('a count of guesses', () => {
  it('treats all requests without an address as one network', async () => {
    const { register, wrong, right } = startGuessing();
    await register();
    await wrong('not an address', 10);
    expect(await right('')).toBe(404);
    expect(await right(HOME)).toBe(200);
  });

  it('goes on when an account is deleted and registered again', async () => {
    const { register, wrong, right } = startGuessing();
    await register();
    await wrong(STRANGER, 10);
    await sql('DELETE FROM users');
    await register();
    expect(await right(STRANGER)).toBe(404);
    expect(await right(HOME)).toBe(200);
  });

  it('stores neither e-mail addresses nor networks', async () => {
    const { register, wrong } = startGuessing();
    await register();
    await wrong(STRANGER);
    const rows = [...(await sql('SELECT * FROM login_attempts')), ...(await sql('SELECT * FROM known_networks'))];
    expect(rows).toHaveLength(4);
    for (const { key } of rows) expect(key).toMatch(/^[\w-]{43}(?:\.[\w-]{43})?$/);
    expect(JSON.stringify(rows)).not.toMatch(/joe|gmail|198\.51|203\.0/);
  });
});
