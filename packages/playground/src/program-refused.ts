import { fieldOf, textOf } from './json-field.ts';

type FieldError = { path: string; message: string };

type Details = { retryAfterSeconds?: number | undefined; errors?: FieldError[] };

/**
 * A refusal as a program gets it, which has no client: with the code of the service, or the error of RFC 6749. Or what the
 * browser has refused.
 */
export class ProgramRefused extends Error {
  readonly code: string;
  readonly retryAfterSeconds: number | undefined;
  readonly errors: FieldError[];

  constructor(code: string, message: string, { retryAfterSeconds, errors = [] }: Details = {}) {
    super(message);
    this.name = 'ProgramRefused';
    this.code = code;
    this.retryAfterSeconds = retryAfterSeconds;
    this.errors = errors;
  }
}

/** The refusal in a response with the JSON `body`. */
export function refusalOf(response: Response, body: unknown): ProgramRefused {
  const read = (...names: string[]) => names.map((name) => textOf(body, name)).find((text) => text !== undefined);
  const wait = response.headers.get('Retry-After');
  const errors: unknown = fieldOf(body, 'errors');
  return new ProgramRefused(
    read('code', 'error') ?? 'unexpected_response',
    read('message', 'error_description') ?? `The response (${response.status}) is not one of Latchkey.`,
    {
      retryAfterSeconds: wait === null ? undefined : Number(wait),
      errors: Array.isArray(errors) ? errors.map(parseFieldError) : [],
    },
  );
}

const parseFieldError = (entry: unknown) => ({
  path: textOf(entry, 'path') ?? '',
  message: textOf(entry, 'message') ?? '',
});
