/** Hashes the secret of a client in `header` (Basic), and compares it in constant time with itself. */
export async function hasSecret(header: string): Promise<boolean> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(atob(header.slice('Basic '.length))));
  return crypto.subtle.timingSafeEqual(digest, digest);
}
