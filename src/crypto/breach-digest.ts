const PREFIX_DIGITS = 5;

/**
 * The SHA-1 of `password` in upper-case hex, cut in two: the five digits by which breached passwords are asked for, and the 35
 * that are looked for in the answer. It is what lists of breached passwords are made of, and protects nothing here.
 */
export async function breachDigest(password: string): Promise<{ prefix: string; suffix: string }> {
  const digest = await crypto.subtle.digest('SHA-1', new TextEncoder().encode(password));
  const hex = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .toUpperCase();
  return { prefix: hex.slice(0, PREFIX_DIGITS), suffix: hex.slice(PREFIX_DIGITS) };
}
