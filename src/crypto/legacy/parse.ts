import { readBcrypt } from './forms/bcrypt.ts';
import { readBetterAuth } from './forms/better-auth.ts';
import { readDjango } from './forms/django.ts';
import { readFirebase } from './forms/firebase.ts';
import { readWerkzeugPbkdf2, readWerkzeugScrypt } from './forms/werkzeug.ts';
import { nameUnsupported } from './forms/unsupported.ts';
import type { LegacyHash } from './legacy-hash.ts';
import { UnsupportedHashError } from './unsupported-hash.ts';

/** The longest hash, in characters. */
const MAX_LENGTH = 512;

/** How the hashes of each scheme begin, and who reads the rest. */
const forms: { begins: RegExp; read: (stored: string) => LegacyHash }[] = [
  { begins: /^\$2[aby]\$/, read: readBcrypt },
  { begins: /^scrypt:/, read: readWerkzeugScrypt },
  { begins: /^pbkdf2:sha256:/, read: readWerkzeugPbkdf2 },
  { begins: /^pbkdf2_sha256\$/, read: readDjango },
  { begins: /^\$firebase-scrypt\$/, read: readFirebase },
  { begins: /^[\da-f]{32}:/, read: readBetterAuth },
];

/**
 * The parameters of `stored`, a hash that another system made. Every parameter is bounded, so that no hash costs more
 * than a login may. Throws `UnsupportedHashError`, whose message is safe to show.
 */
export function parseLegacyHash(stored: string): LegacyHash {
  if (stored.length > MAX_LENGTH) throw new UnsupportedHashError(`The hash has more than ${MAX_LENGTH} characters.`);
  const form = forms.find(({ begins }) => begins.test(stored));
  if (form === undefined) throw new UnsupportedHashError(nameUnsupported(stored));
  return form.read(stored);
}
