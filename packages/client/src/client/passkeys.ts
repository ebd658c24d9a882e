import type { PasskeyOptions } from './challenge.ts';
import { LatchkeyError } from './errors.ts';
import { assertionJson, creationOptions, registrationJson, requestOptions } from './passkey-json.ts';

/** The challenge of the service is good for ten minutes. A page with a form may be open for longer. */
const RENEW_AFTER_MS = 9 * 60_000;

type FindOptions = () => PasskeyOptions | Promise<PasskeyOptions>;

/**
 * Asks the browser for passkeys: one request at a time, as browsers do. A newer request ends the one before. Throws
 * `passkeys_unavailable` and `passkey_cancelled`.
 */
export function createPasskeys() {
  let pending: AbortController | undefined;

  async function ask(work: (signal: AbortSignal) => Promise<Credential | null>, given?: AbortSignal): Promise<object> {
    pending?.abort();
    const own = new AbortController();
    pending = own;
    const signal = given === undefined ? own.signal : AbortSignal.any([own.signal, given]);
    try {
      const credential = await work(signal);
      if (credential !== null) return credential;
    } catch (cause) {
      // Whatever the caller has given as the reason.
      throw signal.aborted ? cancelled(cause) : errorFor(cause);
    } finally {
      if (pending === own) pending = undefined;
    }
    throw cancelled();
  }

  return {
    /** Asks for a passkey of the options that `find` gives, as `AuthenticationResponseJSON`. */
    get: async (find: FindOptions, signal?: AbortSignal): Promise<object> => {
      const container = containerOf();
      const work = async (signal: AbortSignal) =>
        container.get({ publicKey: requestOptions(await find()), signal: notAborted(signal) });
      return assertionJson(await ask(work, signal));
    },

    /** The same, but the browser offers the passkeys in a field with `autocomplete="username webauthn"`, until one is chosen. */
    getConditionally: async (find: FindOptions, signal?: AbortSignal): Promise<object> => {
      const container = containerOf();
      // A browser that does not know the word may open a dialog.
      if (!(await canUsePasskeys({ conditional: true }))) throw unavailable();
      const work = async (signal: AbortSignal) => {
        for (;;) {
          const round = AbortSignal.timeout(RENEW_AFTER_MS);
          const publicKey = requestOptions(await find());
          const end = AbortSignal.any([notAborted(signal), round]);
          try {
            return await container.get({ publicKey, mediation: 'conditional', signal: end });
          } catch (error) {
            if (signal.aborted || !round.aborted) throw error;
          }
        }
      };
      return assertionJson(await ask(work, signal));
    },

    /** Makes a passkey, as `RegistrationResponseJSON`. Throws `passkey_taken` when the device has one of this account. */
    create: async (find: FindOptions): Promise<object> => {
      const container = containerOf();
      const work = async (signal: AbortSignal) =>
        container.create({ publicKey: creationOptions(await find()), signal: notAborted(signal) });
      return registrationJson(await ask(work));
    },

    /** Ends the request that is pending, if any. */
    cancel: (): void => pending?.abort(),
  };
}

/** Whether the browser can use passkeys here or, with `conditional`, can offer them in a field of a form. */
export async function canUsePasskeys({ conditional = false }: { conditional?: boolean } = {}): Promise<boolean> {
  if (!isAvailable() || !conditional) return isAvailable();
  const can: unknown = Reflect.get(PublicKeyCredential, 'isConditionalMediationAvailable');
  return typeof can === 'function' && (await Reflect.apply(can, PublicKeyCredential, [])) === true;
}

/** Pages without https, and programs, have no `PublicKeyCredential`. */
function isAvailable(): boolean {
  return typeof PublicKeyCredential !== 'undefined' && typeof navigator !== 'undefined' && 'credentials' in navigator;
}

function containerOf(): CredentialsContainer {
  if (isAvailable()) return navigator.credentials;
  throw unavailable();
}

/** Older browsers do not look at a signal that was aborted before. */
function notAborted(signal: AbortSignal): AbortSignal {
  signal.throwIfAborted();
  return signal;
}

/** Browsers do not tell a user who declines from one who waits for too long, or who has no passkey. */
function errorFor(cause: unknown): LatchkeyError {
  if (cause instanceof LatchkeyError) return cause;
  const name = cause instanceof Error ? cause.name : undefined;
  if (name === 'NotAllowedError' || name === 'AbortError') return cancelled(cause);
  if (name === 'InvalidStateError') {
    return new LatchkeyError('passkey_taken', 'This device has a passkey of the account already.', { cause });
  }
  return unavailable(cause);
}

const unavailable = (cause?: unknown) =>
  new LatchkeyError('passkeys_unavailable', 'This browser cannot use passkeys here.', { cause });

const cancelled = (cause?: unknown) => new LatchkeyError('passkey_cancelled', 'No passkey was chosen.', { cause });
