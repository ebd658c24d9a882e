import { LatchkeyError } from 'latchkey-client';
import { type Fields, listOf, textOf } from './fields.ts';

type FieldError = { path: string; message: string };

/** What the service refuses to an administrator. `latchkey-client`, which is for users, does not know these codes. */
export class AdminRefusal extends Error {
  readonly code: string;
  readonly errors: FieldError[];
  readonly retryAfterSeconds: number | undefined;

  constructor(body: Fields, retryAfter: string | null) {
    const code = textOf(body, 'code') ?? 'unexpected_response';
    const message = textOf(body, 'message') ?? 'The response is not one of Latchkey.';
    super(code === 'admin_required' ? `${message} ${ADVICE}` : message);
    this.code = code;
    this.errors = listOf(body, 'errors').map((error) => ({
      path: textOf(error, 'path') ?? '',
      message: textOf(error, 'message') ?? '',
    }));
    this.retryAfterSeconds = retryAfter !== null && /^\d{1,6}$/.test(retryAfter) ? Number(retryAfter) : undefined;
  }
}

const ADVICE =
  'Run `npm run user -- admin EMAIL on`. Then log in again, or press "Who am I?": the client refreshes the token.';

/** What the page shows the code and the message of. */
export type Refusal = LatchkeyError | AdminRefusal;

export const isRefusal = (error: unknown): error is Refusal =>
  error instanceof LatchkeyError || error instanceof AdminRefusal;
