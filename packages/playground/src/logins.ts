import { createLatchkey, LatchkeyError, localStorageStore, memoryStore } from 'latchkey-client';
import { createGivenTokens } from './given-tokens.ts';

/** Where the tokens are kept. */
export type Place = 'memory' | 'localStorage';

/** Remembers the place, so that a reload and other tabs look there. */
const CHOICE = 'latchkey-playground-store';

/** A client for each place, one of which is in use. Calls `onChange` when somebody logs in or out there. */
export function createLogins(send: typeof fetch, onChange: () => void) {
  const given = createGivenTokens(send);
  const stores = { memory: memoryStore(), localStorage: localStorageStore() };
  const clients = {
    memory: createLatchkey({ url: '/', store: stores.memory, fetch: given.fetch }),
    localStorage: createLatchkey({ url: '/', store: stores.localStorage, fetch: given.fetch }),
  };
  let place = readChoice();
  for (const [name, client] of Object.entries(clients)) client.onChange(() => void (name === place && onChange()));

  return {
    place: () => place,
    client: () => clients[place],

    /** Keeps the tokens in the body of a login that the page has made itself. */
    keepLogin: async (body: unknown): Promise<void> => {
      given.give(body);
      await clients[place].logIn({ email: '', password: '' }).finally(given.takeBack);
    },

    /** Keeps the tokens in a response to the user: of the same session, or of one that follows it. */
    keepNext: async (body: unknown): Promise<void> => {
      // A refresh that is under way asks for no other tokens. The next one does.
      for (let rounds = 0; rounds < 3; rounds += 1) {
        given.give(body);
        await clients[place].refresh().catch((error: unknown) => {
          given.takeBack();
          throw error;
        });
        if (!given.takeBack()) return;
      }
    },

    /** Keeps the login at `next` from now on, unless there is another one already. Refusal: `store_failed`. */
    keepAt: async (next: Place): Promise<void> => {
      try {
        const [login, other] = [await stores[place].get(), await stores[next].get()];
        if (typeof login === 'string' && typeof other !== 'string') {
          await stores[next].set(login);
          await stores[place].remove();
        }
        localStorage.setItem(CHOICE, next);
      } catch (cause) {
        throw new LatchkeyError('store_failed', 'This browser does not let the page use localStorage.', { cause });
      }
      place = next;
    },
  };
}

function readChoice(): Place {
  try {
    return localStorage.getItem(CHOICE) === 'localStorage' ? 'localStorage' : 'memory';
  } catch {
    return 'memory';
  }
}
