/**
 * Calls the back end. When the access token has expired, one tab refreshes, and the others wait for it. A 401 means that
 * nobody is logged in. After any other failure, try again later.
 * @param {string} path
 * @param {RequestInit} [init]
 */
export async function call(path, init) {
  const response = await fetch(path, init);
  if (response.status !== 401) return response;
  return navigator.locks.request('refresh', async () => {
    // Another tab may have refreshed while this one waited.
    const again = await fetch(path, init);
    if (again.status !== 401) return again;
    const refreshed = await fetch('/session/refresh', { method: 'POST' });
    return refreshed.ok ? fetch(path, init) : refreshed;
  });
}

/**
 * @param {string} email
 * @param {string} password
 */
export function logIn(email, password) {
  const headers = { 'Content-Type': 'application/json' };
  return fetch('/session', { method: 'POST', headers, body: JSON.stringify({ email, password }) });
}

/** Logs out. When the response is not ok, the session may live: call it again. */
export function logOut() {
  return fetch('/session', { method: 'DELETE' });
}
