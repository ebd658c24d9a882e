import { env } from 'cloudflare:workers';
import { beforeEach, expect, it } from 'vitest';
import { newEvent } from '../../src/domain/event/new-event.ts';
import { wire } from '../../src/wire.ts';
import { emptyTables, sqlValue } from '../support/database.ts';
import { storedTypes } from '../support/events.ts';
import { silent } from '../support/service.ts';
import { storeClient, storedClient } from '../support/stored-client.ts';

const { id } = storedClient;
const deps = wire(env, silent);
const { clients } = deps;
const first = new Date('2026-11-26T06:00:00.000Z');
const later = (ms: number) => new Date(first.getTime() + ms);
const before = (at: Date, ms: number) => new Date(at.getTime() - ms);
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

beforeEach(async () => {
  await emptyTables();
  await storeClient();
});

it('finds a client by its id, to the letter', async () => {
  expect(await clients.find(id)).toMatchObject({ id, name: 'Billing', scopes: ['a', 'b'], jwks: null, version: 7 });
  for (const other of ['Billing', 'billing ', 'bill', '']) expect(await clients.find(other)).toBeUndefined();
});

it('notes the uses of a client once an hour', async () => {
  const note = async (at: Date) => {
    await clients.noteUse({ id, at, due: before(at, HOUR_MS) });
    return sqlValue('SELECT last_used_at FROM clients');
  };
  expect(await note(first)).toBe(first.getTime());
  expect(await note(later(HOUR_MS - 1))).toBe(first.getTime());
  expect(await note(later(HOUR_MS))).toBe(later(HOUR_MS).getTime());
  expect(await note(first)).toBe(later(HOUR_MS).getTime());
});

it('notes the refusals of a client once a minute, each with its event', async () => {
  const note = async (at: Date) => {
    await clients.noteRefusal(
      { id, at, due: before(at, MINUTE_MS) },
      newEvent(deps, 'client_refused', { data: { client_id: id } }),
    );
    return sqlValue('SELECT last_refused_at FROM clients');
  };
  expect(await note(first)).toBe(first.getTime());
  expect(await note(later(MINUTE_MS - 1))).toBe(first.getTime());
  expect(await storedTypes()).toEqual(['client_refused']);
  expect(await note(later(MINUTE_MS))).toBe(later(MINUTE_MS).getTime());
  expect(await storedTypes()).toEqual(['client_refused', 'client_refused']);
});

it('notes nothing of a client that is not there', async () => {
  const note = { id: 'nobody', at: first, due: first };
  await clients.noteUse(note);
  await clients.noteRefusal(note, newEvent(deps, 'client_refused'));
  expect(await storedTypes()).toEqual([]);
});
