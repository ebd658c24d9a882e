import { UnsupportedHashError } from '../unsupported-hash.ts';
import { checkBounds } from './check.ts';

type Parameters = { N: number; r: number; p: number };

/** The memory of scrypt in bytes, 128 N r. An isolate of Workers has 128 MiB: half of it stays for everything else. */
const MAX_MEMORY = 64 * 2 ** 20;

/** The work of scrypt, N r p: four times that of Werkzeug's and Better Auth's defaults. */
const MAX_WORK = 2 ** 20;

/** The parameters, if they are those of scrypt (RFC 7914, section 2) and within the bounds. Throws `UnsupportedHashError`. */
export function checkScrypt(scheme: string, { N, r, p }: Parameters): Parameters {
  checkBounds(scheme, 'N', N, { min: 2, max: MAX_WORK });
  checkBounds(scheme, 'r', r, { min: 1, max: MAX_WORK });
  checkBounds(scheme, 'p', p, { min: 1, max: MAX_WORK });
  if (!Number.isInteger(Math.log2(N))) throw new UnsupportedHashError(`${scheme} with N ${N}: a power of two only.`);
  const given = `${scheme} with N ${N}, r ${r}, p ${p}`;
  if (128 * N * r > MAX_MEMORY) throw new UnsupportedHashError(`${given}: 64 MiB of memory at most.`);
  if (N * r * p > MAX_WORK) throw new UnsupportedHashError(`${given}: N * r * p is ${MAX_WORK} at most.`);
  return { N, r, p };
}
