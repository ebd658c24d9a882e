import type { VerifierOptions } from './options.ts';

/** `ByKeys` has none of these. */
const WAYS = ['jwks', 'clientId', 'service'] as const;

/** Throws `TypeError` for options that are wrong, whatever their types say. The message holds no secret. */
export function checkOptions(options: VerifierOptions): void {
  const given = WAYS.filter((name) => options[name] !== undefined);
  if (given.length > 1) throw new TypeError(`Give one of ${given.join(' and ')}, not both.`);
  const { issuer, audience, service, timeoutMs = 1 } = options;
  if ('service' in options && !isBinding(service)) throw new TypeError('service is not a binding.');
  if (service === undefined || issuer !== undefined) checkIssuer(issuer);
  if (service === undefined || audience !== undefined) checkText(audience, 'audience');
  if ((options.clientId === undefined) !== (options.clientSecret === undefined)) {
    throw new TypeError('clientId and clientSecret belong together.');
  }
  if (options.clientId !== undefined) {
    checkText(options.clientId, 'clientId');
    checkText(options.clientSecret, 'clientSecret');
  }
  checkTimeout(timeoutMs);
  const { clockToleranceSeconds = 0 } = options;
  if (!isWithin(clockToleranceSeconds, 0, 300)) {
    throw new TypeError('clockToleranceSeconds must be a number from 0 to 300.');
  }
}

/** Throws `TypeError` unless `issuer` is an issuer identifier (RFC 8414, section 2) as Latchkey has it: without a path. */
export function checkIssuer(issuer: unknown, name = 'issuer'): void {
  const url = typeof issuer === 'string' && URL.canParse(issuer) ? new URL(issuer) : undefined;
  const isLoopback = url !== undefined && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  const isSecure = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback);
  if (isSecure && issuer === url.origin) return;
  throw new TypeError(
    `${name} must be the https URL of Latchkey without a path or a final slash (http on localhost only).`,
  );
}

/** Throws `TypeError` unless `value` is a text that is not blank. The message does not repeat it. */
export function checkText(value: unknown, name: string): void {
  if (typeof value !== 'string' || value.trim() === '')
    throw new TypeError(`${name} must be a text that is not empty.`);
}

/** Throws `TypeError` unless `timeoutMs` is positive. A timer waits for 2^31 - 1 milliseconds at most. */
export function checkTimeout(timeoutMs: unknown): void {
  if (isWithin(timeoutMs, Number.MIN_VALUE, 2 ** 31 - 1)) return;
  throw new TypeError('timeoutMs must be a positive number.');
}

/** A text such as '5' is no number: jose would refuse it for each token. */
function isWithin(value: unknown, min: number, max: number): boolean {
  return typeof value === 'number' && value >= min && value <= max;
}

function isBinding(value: unknown): boolean {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}
