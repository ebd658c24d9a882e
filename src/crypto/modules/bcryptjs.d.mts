/** Whether `hash` is the bcrypt hash of `password`. */
export function compareSync(password: string, hash: string): boolean;
