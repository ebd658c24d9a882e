/** Loads PBKDF2 in WebAssembly. */
export const loadPbkdf2 = () => import('./pbkdf2.wasm');
