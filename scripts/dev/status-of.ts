import http from 'node:http';
import https from 'node:https';

const MAX_WAIT_MS = 5000;

/**
 * The status of the response to a GET of `url`, whatever its certificate; `undefined` when none comes within five
 * seconds.
 */
export function statusOf(url: string): Promise<number | undefined> {
  return new Promise((resolve) => {
    const { get } = url.startsWith('https') ? https : http;
    const request = get(url, { rejectUnauthorized: false, timeout: MAX_WAIT_MS }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    request.on('timeout', () => request.destroy()).on('error', () => resolve(undefined));
  });
}
