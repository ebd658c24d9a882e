import { createLatchkey, LatchkeyError, localStorageStore, memoryStore } from 'latchkey-client';

/** Where the tokens are kept. */
export type Place = 'memory' | 'localStorage';

/** Remembers the place, so that a reload and other tabs look there. */
const CHOICE = 'latchkey-playground-store';

/** A client for each place, one of which is in use. Calls `onChange` when somebody logs in or out there. */
export function createLogins(send: typeof fetch, onChange: () => void) {
  const stores = { memory: memoryStore(), localStorage: localStorageStore() };
  const clients = {
    memory: createLatchkey({ url: '/', store: stores.memory, fetch: send }),
    localStorage: createLatchkey({ url: '/', store: stores.localStorage, fetch: send }),
  };
  let place = readChoice();
  for (const [name, client] of Object.entries(clients)) client.onChange(() => void (name === place && onChange()));

  return {
    place: () => place,
    client: () => clients[place],

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
