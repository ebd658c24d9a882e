const BASE = 36;
const DIGITS = 'abcdefghijklmnopqrstuvwxyz0123456789';
const MAX_CODE_POINT = 0x10ffff;

/** Decodes a label without its `xn--` (RFC 3492, section 6.2). `undefined` when it is not Punycode. */
export function decodePunycode(encoded: string): string | undefined {
  const hyphen = encoded.lastIndexOf('-');
  const decoded = Array.from(encoded.slice(0, Math.max(hyphen, 0)));
  let codePoint = 128;
  let index = 0;
  let bias = 72;
  for (let at = hyphen + 1; at < encoded.length; index += 1) {
    const before = index;
    for (let weight = 1, k = BASE; ; k += BASE) {
      const digit = at < encoded.length ? DIGITS.indexOf(encoded.charAt(at)) : -1;
      if (digit < 0) return undefined;
      at += 1;
      index += digit * weight;
      const threshold = Math.min(Math.max(k - bias, 1), 26);
      if (digit < threshold) break;
      weight *= BASE - threshold;
    }
    const length = decoded.length + 1;
    bias = adapt(index - before, length, before === 0);
    codePoint += Math.floor(index / length);
    if (codePoint > MAX_CODE_POINT) return undefined;
    index %= length;
    decoded.splice(index, 0, String.fromCodePoint(codePoint));
  }
  return decoded.join('');
}

/** Adapts the bias (RFC 3492, section 6.1). */
function adapt(delta: number, length: number, isFirst: boolean): number {
  let rest = Math.floor(delta / (isFirst ? 700 : 2));
  rest += Math.floor(rest / length);
  let k = 0;
  for (; rest > 455; k += BASE) rest = Math.floor(rest / 35);
  return k + Math.floor((36 * rest) / (rest + 38));
}
