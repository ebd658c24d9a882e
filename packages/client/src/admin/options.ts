/**
 * Gives the token of each attempt: an access token of an administrator, or an operator token, which is good for one
 * request. `undefined` means that nobody is logged in.
 */
export type TokenSource = () => string | undefined | Promise<string | undefined>;

export type AdminOptions = {
  /** Where Latchkey is, such as `https://auth.example.org`. In a page, it may be relative to the page. */
  url: string;
} & (
  | {
      /** The token, or a function that gives one for each attempt. An operator token needs the function. */
      token: string | TokenSource;
      /** Replaces the `fetch` of the platform. */
      fetch?: typeof fetch;
    }
  | {
      /** Sends the requests and authorizes them, as `latchkey.fetch` does for the user of a page. */
      fetch: typeof fetch;
      token?: never;
    }
);
