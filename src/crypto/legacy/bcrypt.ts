/** Whether `hash` is the bcrypt hash of `password`. */
export async function verifyBcrypt(password: string, hash: string): Promise<boolean> {
  const { compareSync } = await import('./bcryptjs.mjs');
  return compareSync(password, hash);
}
