import { env } from 'cloudflare:workers';
import { createLatchkey, type Store } from 'latchkey-client';
import type { Deps } from '../../src/domain/deps.ts';
import { createApp } from '../../src/http/app.ts';
import { wire } from '../../src/wire.ts';

/** What may happen to a request on its way: `undefined` lets it through. */
export type Fault = (request: Request, ask: () => Promise<Response>) => Promise<Response> | undefined;

export const URL_OF_SERVICE = 'http://localhost';

/** A response that is lost after the service has made it. */
export async function lose(ask: () => Promise<Response>): Promise<Response> {
  await ask();
  throw new TypeError('Failed to fetch');
}

/** A response in JSON. */
export function respond(status: number, body: unknown, headers: Record<string, string> = {}) {
  return async () => Response.json(body, { status, headers });
}

/** The body of a refusal. */
export const refusal = (code: string) => ({ status: 'fail', code, message: code, request_id: 'id' });

/**
 * The service in memory, and a maker of clients that share what `store` gives them. `paths` are the requests so far, as
 * in `POST /auth/login`. `meet` lets the next requests meet these faults, one each.
 */
export function startNetwork(deps: Partial<Deps> = {}, bindings: object = {}) {
  const app = createApp((bindings, log) => ({ ...wire(bindings, log), ...deps }));
  const paths: string[] = [];
  const late: Promise<unknown>[] = [];
  const context = {
    waitUntil: (work: Promise<unknown>) => void late.push(work),
    passThroughOnException() {},
    props: {},
  };
  let faults: Fault[] = [];

  const send = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const request = new Request(input, init);
    const { pathname, search } = new URL(request.url);
    paths.push(`${request.method} ${pathname}${search}`);
    const ask = async () => app.fetch(request, { ...env, ...bindings }, context);
    return faults.shift()?.(request, ask) ?? ask();
  };

  return {
    paths,
    /** Sends a request over this network. */
    fetch: send,
    meet: (...next: Fault[]) => void (faults = next),
    open: (store?: Store) => createLatchkey({ url: URL_OF_SERVICE, fetch: send, ...(store && { store }) }),
    /** Waits for what goes on after the responses, such as mail. */
    settle: () => Promise.all(late),
    count: (path: string) => paths.filter((each) => each === path).length,
  };
}

/** A store that several clients may share, as the tabs of a browser do. It has no name, so it needs no lock. */
export function sharedStore(text?: string): Store & { text: string | undefined } {
  return {
    text,
    get() {
      return this.text;
    },
    set(text) {
      this.text = text;
    },
    remove() {
      this.text = undefined;
    },
  };
}
