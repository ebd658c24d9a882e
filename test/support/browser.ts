import { makeAuthenticator, type Said } from './authenticator.ts';
import type { ServiceResponse } from './service.ts';
import { dataOf } from './factors.ts';

const LOCALHOST = { rpId: 'localhost', origin: 'http://localhost' };

/** The fields of options that a browser needs, as far as this one reads them. */
type Options = Record<string, unknown>;

/**
 * A browser at `origin` that has one device with one passkey for `rpId`. `make` takes what
 * `POST /auth/factors/passkeys/options` gives and returns `RegistrationResponseJSON`; `use` takes what
 * `POST /auth/login/passkey/options` or a login gives and returns `AuthenticationResponseJSON`, with the user handle of the
 * passkey that was made. `said` is what a test says otherwise.
 */
export async function openBrowser({ rpId, origin } = LOCALHOST) {
  const { id, register, authenticate } = await makeAuthenticator({ rpId, origin });
  let userHandle: string | undefined;

  async function make(options: Options, said: Said = {}) {
    userHandle = textOf(objectOf(options['user']), 'id');
    const { response, ...made } = await register(textOf(options, 'challenge'), said);
    return { ...made, response: { ...response, transports: ['internal'] } };
  }

  async function use(options: Options, said: Said = {}) {
    const { response, ...used } = await authenticate(textOf(options, 'challenge'), said);
    return { ...used, response: { ...response, ...(userHandle !== undefined && { userHandle }) } };
  }

  return { id, make, use };
}

/** What `POST /auth/factors/passkeys` takes, from the response with the options. */
export const madeFor = async (browser: Awaited<ReturnType<typeof openBrowser>>, response: ServiceResponse) => ({
  passkey: await browser.make(dataOf(response)),
});

/** The `passkey_options` of a login that has to show a second factor. */
export const optionsIn = ({ body }: ServiceResponse): Options => objectOf(body['passkey_options']);

function objectOf(value: unknown): Options {
  if (typeof value !== 'object' || value === null) throw new TypeError('not an object');
  return { ...value };
}

function textOf(options: Options, name: string): string {
  const value = options[name];
  if (typeof value !== 'string') throw new TypeError(`no ${name}`);
  return value;
}
