import page from '../../docs/reference/routes.md?raw';
import type { startClients } from './clients.ts';
import { declaredRoutes } from './declared-routes.ts';
import { lawfulRequest, send } from './lawful-requests.ts';
import { joe, type ServiceResponse } from './service.ts';

type Service = ReturnType<typeof startClients>;

/** What requests are made with: the tokens of a user, and the id of another session of that user. */
export type Tokens = { access: string; refresh: string; other: string };

/** A request that has a row in the tables of docs/reference/routes.md, and the status of its success. */
export type DocumentedRequest = {
  name: string;
  success: number;
  ask: (service: Service, tokens: Tokens) => Promise<ServiceResponse>;
};

const ofRoutes: DocumentedRequest[] = declaredRoutes.map((route) => ({
  name: `\`${route.name}\``,
  success: Math.min(...route.responses.keys()),
  ask: ({ call }, { access, refresh, other }) => {
    const email = route.path === '/auth/register' ? 'jane@gmail.com' : joe.email;
    const passwords = { password: joe.password, current_password: joe.password };
    const values = { email, ...passwords, refresh_token: refresh, token: access, id: other };
    const { path, init } = send(lawfulRequest(route, values, access));
    return call(path, init);
  },
}));

const variants: DocumentedRequest[] = [
  { name: '`POST /auth/logout?scope=others`', success: 200, ask: ({ logOut }, { access }) => logOut(access, 'others') },
  { name: '`POST /auth/logout?scope=all`', success: 200, ask: ({ logOut }, { access }) => logOut(access, 'all') },
  {
    name: '`POST /auth/logout` by refresh token',
    success: 200,
    ask: ({ post }, { refresh }) => post('/auth/logout', { refresh_token: refresh }),
  },
  {
    name: '`POST /oauth/introspect` of a refresh token',
    success: 200,
    ask: ({ introspect }, { refresh }) => introspect({ token: refresh }),
  },
  {
    name: '`POST /oauth/revoke` of a refresh token',
    success: 200,
    ask: ({ revoke }, { refresh }) => revoke({ token: refresh }),
  },
];

/** Every route, and variants of some that use storage in another way. */
export const documentedRequests = [...ofRoutes, ...variants];

/** The table of the page under `heading`: the cells by row and by column. */
export function readTable(heading: string): Map<string, Record<string, string>> {
  const [, section = ''] = page.split(`\n## ${heading}\n`);
  const lines = section.split(/\n## /)[0]?.match(/^\|.*\|$/gm) ?? [];
  const [head = [], , ...rows] = lines.map((line) =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim()),
  );
  const table = new Map<string, Record<string, string>>();
  for (const row of rows) table.set(row[0] ?? '', Object.fromEntries(row.map((cell, i) => [head[i] ?? '', cell])));
  return table;
}
