/** Thrown when nobody can tell whether a token is good. The message is for the operator, and holds no token and no secret. */
export class Unavailable extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'LatchkeyUnavailable';
  }
}

/** The result of `work`, or `Unavailable` when it takes longer than `timeoutMs`. Then the signal ends what it can. */
export function withDeadline<T>(timeoutMs: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      const late = new Unavailable(`Latchkey did not respond within ${timeoutMs} ms.`);
      reject(late);
      controller.abort(late);
    }, timeoutMs);
    const started = (async () => work(controller.signal))();
    started.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
