import { findUndescribed } from './described-responses.ts';

type Answered = { method: string; path: string; response: Response; text: string };

/** Throws unless assets/openapi.json describes the response. Every flow test calls the service through this. */
export function expectDescribed({ method, path, response: { status, headers }, text }: Answered): void {
  const url = new URL(path, 'http://localhost').href;
  const faults = findUndescribed({ method, url, status, headers, text });
  if (faults.length === 0) return;
  throw new Error(
    `assets/openapi.json does not describe the response ${status} to ${method} ${path}: ${faults.join(', ')}. Correct the service; or else the route or scripts/openapi, and run \`npm run assets\`.`,
  );
}
