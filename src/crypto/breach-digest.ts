const PREFIX_DIGITS = 5;

/**
 * The SHA-1 of `password` in upper-case hex, in two parts: the service asks for breached passwords by the first five
 * digits, and looks for the other 35 in the response. SHA-1 is the format of the breach lists; it protects nothing
 * here.
 */
export async function breachDigest(password: string): Promise<{ prefix: string; suffix: string }> {
  const digest = await crypto.subtle.digest('SHA-1', new TextEncoder().encode(password));
  const hex = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .toUpperCase();
  return { prefix: hex.slice(0, PREFIX_DIGITS), suffix: hex.slice(PREFIX_DIGITS) };
}
