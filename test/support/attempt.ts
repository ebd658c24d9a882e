import type { startClients } from './clients.ts';
import type { DeclaredRoute } from './declared-routes.ts';
import type { Parts } from './lawful-requests.ts';

type Service = ReturnType<typeof startClients>;
type Options = NonNullable<Parameters<typeof startClients>[0]>;

/** A way to ask a route for something that it may refuse. */
export type Attempt = {
  /** The routes that it is for, if not all. */
  applies?: (route: DeclaredRoute) => boolean;
  /** What the service runs on, instead of what is right. */
  options?: Options;
  /** What is done before, with the access token of the user, and the lawful request. */
  before?: (service: Service, access: string, lawful: Parts) => Promise<unknown>;
  /** Whether the user sends it with the access token, also where the route takes an operator token. */
  isByUser?: boolean;
  /** The request that is sent, instead of the lawful one. */
  change?: (parts: Parts, route: DeclaredRoute) => Parts;
  /** Whether the request is sent twice, and the second response is looked at. */
  isRepeated?: boolean;
};
