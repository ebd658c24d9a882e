import { createLatchkey } from 'latchkey-client';
import { spoken } from '../language.ts';

/** Mails about a change come in the language of the page. */
const speak: typeof fetch = (input, init) => {
  const headers = new Headers(init?.headers);
  headers.set('Accept-Language', spoken());
  return fetch(input, { ...init, headers });
};

/** The service that this page comes from. The tokens stay in the memory of the page. */
export const latchkey = createLatchkey({ url: '..', fetch: speak });
