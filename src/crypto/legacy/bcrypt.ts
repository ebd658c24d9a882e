import { loadBcryptjs } from '../modules/load-bcryptjs.ts';

/**
 * Whether `hash` is a bcrypt hash of `password`. As everywhere, bcrypt takes the first 72 bytes of a password and ignores
 * the rest. A password with a NUL has no hash: bcrypt ends the password with one and repeats it, so that several such
 * passwords would have the same hash, and Python's bcrypt and PHP refuse them.
 */
export async function verifyBcrypt(password: string, hash: string): Promise<boolean> {
  const { compareSync } = await loadBcryptjs();
  const isRight = compareSync(password, hash);
  return isRight && !password.includes('\0');
}
