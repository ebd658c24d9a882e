import { UnsupportedHashError } from '../unsupported-hash.ts';
import { checkBounds } from './check.ts';

type Parameters = { N: number; r: number; p: number };

/** 128 N r, the memory of scrypt, is 64 MiB at most. An isolate of Workers has 128 MB, and everything else needs some. */
const MAX_N_R = 2 ** 19;

/** N r p, the work of scrypt, is four times that of Werkzeug's and Better Auth's defaults at most. */
const MAX_N_R_P = 2 ** 20;

/**
 * The parameters, when they are valid (RFC 7914, section 6) and within the bounds. Those of `r` and `p` are above what
 * anybody uses, and keep what scrypt needs beside its main memory small. Throws `UnsupportedHashError`.
 */
export function checkScrypt(scheme: string, { N, r, p }: Parameters): Parameters {
  checkBounds(scheme, 'N', N, { min: 2, max: MAX_N_R });
  checkBounds(scheme, 'r', r, { min: 1, max: 32 });
  checkBounds(scheme, 'p', p, { min: 1, max: 16 });
  const fail = (fault: string) => new UnsupportedHashError(`${scheme} with N ${N}, r ${r}, p ${p}: ${fault}.`);
  if (!Number.isInteger(Math.log2(N))) throw fail('N must be a power of two');
  if (N >= 2 ** (16 * r)) throw fail('N must be less than 2^(16 r)');
  if (N * r > MAX_N_R) throw fail('64 MiB of memory at most');
  if (N * r * p > MAX_N_R_P) throw fail(`N r p ${MAX_N_R_P} at most`);
  return { N, r, p };
}
