import { expect, it } from 'vitest';
import page from '../../docs/reference/routes.md?raw';
import { declaredRoutes } from '../support/declared-routes.ts';

/** The words of the page for each security scheme. */
const callers: Record<string, string[]> = {
  none: ['anyone'],
  accessToken: ['user', 'user, or a refresh token', 'token'],
  client: ['client'],
};

const documented = Array.from(page.matchAll(/^\| (`[A-Z]+ \/.+?) +\| (.+?) +\|/gm)).flatMap(([, cell = '', who = '']) =>
  Array.from(cell.matchAll(/`([A-Z]+ \/[^`]+)`/g), ([, route = '']) => ({ route, who })),
);

it('documents every route that the service declares, and no other', () => {
  expect(documented.map(({ route }) => route).toSorted()).toEqual(
    declaredRoutes.map(({ method, path }) => `${method} ${path}`).toSorted(),
  );
});

it('documents who may call each route', () => {
  const isWrong = ({ route, who }: (typeof documented)[number]) => {
    const guard = declaredRoutes.find(({ method, path }) => `${method} ${path}` === route)?.guard ?? 'none';
    return callers[guard]?.includes(who) !== true;
  };
  expect(documented.filter(isWrong)).toEqual([]);
});
