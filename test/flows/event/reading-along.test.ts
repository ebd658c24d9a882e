import { decodeJwt } from 'jose';
import { expect, it } from 'vitest';
import { startAdministration } from '../../support/administration.ts';
import { pageOf } from '../../support/events.ts';
import { joe, tokensOf } from '../../support/service.ts';

const CLIENTS = 64;
const ROUNDS = 3;

const { ask, register, logIn, logOut } = startAdministration();

const sessionOf = (access: string) => String(decodeJwt(access)['sid']);

it('gives whoever reads along by the cursor every event of 64 clients that log in and out, once', async () => {
  const done: string[] = [];
  const note = (type: string, access: string) => void done.push(`${type} ${sessionOf(access)}`);

  /** Registers, and logs in and out. */
  async function use(client: number) {
    const credentials = { ...joe, email: `client${client}@example.org` };
    note('user_registered', tokensOf(await register(credentials)).access);
    for (let round = 0; round < ROUNDS; round += 1) {
      const { access } = tokensOf(await logIn(credentials));
      note('login', access);
      await logOut(access);
      note('logout', access);
    }
  }

  const read: { id: number; name: string }[] = [];
  let isOver = false;
  async function readAlong() {
    for (let cursor = 0, isLast = false; !isLast && read.length < 10_000;) {
      // What is over before the request is in its response.
      const wasOver = isOver;
      const { events } = pageOf(await ask({ route: `GET /admin/events?after=${cursor}&limit=7` }));
      for (const { id, type, session_id } of events)
        read.push({ id: Number(id), name: `${String(type)} ${String(session_id)}` });
      cursor = read.at(-1)?.id ?? 0;
      isLast = wasOver && events.length === 0;
    }
  }

  const reading = readAlong();
  await Promise.all(Array.from({ length: CLIENTS }, (_, client) => use(client)));
  isOver = true;
  await reading;

  const ids = read.map(({ id }) => id);
  expect(ids).toEqual([...new Set(ids)].toSorted((a, b) => a - b));
  expect(read.map(({ name }) => name).toSorted()).toEqual(done.toSorted());
  expect(done).toHaveLength(CLIENTS * (1 + 2 * ROUNDS));
});
