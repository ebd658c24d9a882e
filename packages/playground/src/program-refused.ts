/** A refusal as a program gets it, which has no client: with the code of the service, or the error of RFC 6749. */
export class ProgramRefused extends Error {
  readonly code: string;
  readonly retryAfterSeconds: number | undefined;
  readonly errors: { path: string; message: string }[] = [];

  constructor(code: string, message: string, retryAfterSeconds?: number) {
    super(message);
    this.name = 'ProgramRefused';
    this.code = code;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
