/** What the service said when it refused. Its texts are printable. */
export type Said = {
  status: number;
  code: string | undefined;
  message: string | undefined;
  requestId: string | undefined;
  errors: { path: string; message: string }[];
  /** Seconds, from `Retry-After`. */
  retryAfter: number | undefined;
  /** Seconds that this machine's clock is ahead of the service's, from `Date`. */
  clockAhead: number | undefined;
};

/** The service refused a request. */
export class ServiceRefusal extends Error {
  readonly said: Said;

  constructor(said: Said) {
    super(`The service refused a request: ${said.status}.`);
    this.said = said;
  }
}

/** No response came. `cause` is the error of `fetch`. Unless it was to read, the service may have done what it was asked. */
export class Unreachable extends Error {
  readonly isRead: boolean;

  constructor(cause: unknown, { isRead }: { isRead: boolean }) {
    super('No response came.', { cause });
    this.isRead = isRead;
  }
}

/** Whether `error` is a refusal with one of `codes`. */
export function isRefusal(error: unknown, ...codes: string[]): error is ServiceRefusal {
  return error instanceof ServiceRefusal && codes.includes(error.said.code ?? '');
}
