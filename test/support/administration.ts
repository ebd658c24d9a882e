import { operatorToken } from './operator.ts';
import { bearer, type ServiceResponse, startService } from './service.ts';

type Options = Parameters<typeof startService>[0];

/** A request of the admin API: its method and path, and a body if it has one. */
export type AdminRequest = { route: string; body?: unknown; headers?: Record<string, string>; token?: string };

/** A user who was made, and how to go on as that user. */
export type Made = { id: string; email: string; password: string };

/** The service, and what operators and administrators do with it. */
export function startAdministration(options: Options = {}) {
  const service = startService(options);
  let users = 0;

  /** Sends `route` as an operator, or with `token`. */
  async function ask({ route, body, headers = {}, token }: AdminRequest): Promise<ServiceResponse> {
    const [method = 'GET', path = ''] = route.split(' ', 2);
    const now = options.deps?.now?.();
    const authorization = bearer(token ?? (await operatorToken(now === undefined ? {} : { now })));
    const json = body === undefined ? {} : { 'content-type': 'application/json' };
    return service.call(path, {
      method,
      headers: { ...json, ...authorization, ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  }

  /** Makes a user with these fields. */
  async function make(fields: object = {}): Promise<Made> {
    users += 1;
    const made = { email: `user${users}@example.org`, password: 'correct horse', ...fields };
    const { body } = await ask({ route: 'POST /admin/users', body: made });
    return { ...made, id: String(dataOf(body)['user_id']) };
  }

  return {
    ...service,
    ask,
    make,
    change: (id: string, body: unknown, headers: Record<string, string> = {}) =>
      ask({ route: `PATCH /admin/users/${id}`, body, headers }),
    show: async (id: string) => dataOf((await ask({ route: `GET /admin/users/${id}` })).body),
    /** The addresses of the users that `query` finds, and the cursor of the next page. */
    find: async (query: string) => {
      const { status, body } = await ask({ route: `GET /admin/users?${query}` });
      return { status, emails: status === 200 ? listOf(body).map(({ email }) => email) : [], next: body['next'] };
    },
  };
}

/** The `data` of a response. */
export function dataOf(body: Record<string, unknown>): Record<string, unknown> {
  const { data } = body;
  if (typeof data !== 'object' || data === null) throw new TypeError(`no data: ${String(body['code'])}`);
  return { ...data };
}

/** The entries of the `data` of a list. */
export function listOf(body: Record<string, unknown>): Record<string, unknown>[] {
  const { data } = body;
  if (!Array.isArray(data)) throw new TypeError(`no list: ${String(body['code'])}`);
  return data.map((entry: unknown) => (typeof entry === 'object' && entry !== null ? { ...entry } : {}));
}
