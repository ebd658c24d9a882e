/** A WebAuthn response that is refused. Its message is a fixed text, which tells nothing of the response. */
export class WebAuthnError extends Error {
  override readonly name = 'WebAuthnError';
}

/** Throws `WebAuthnError` for `reason`. */
export function refuse(reason: string): never {
  throw new WebAuthnError(reason);
}
