/** Loads bcryptjs. A bundle keeps this path as it is, so that a file that loads a module is in the same folder. */
export const loadBcryptjs = () => import('./bcryptjs.mjs');
