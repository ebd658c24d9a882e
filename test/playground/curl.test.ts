import { expect, it } from 'vitest';
import { curlOf } from '../../packages/playground/src/curl.ts';

const url = 'http://localhost:8787';
const login = {
  method: 'POST',
  url: `${url}/auth/login`,
  headers: [['content-type', 'application/json'] satisfies [string, string]],
  body: JSON.stringify({ email: "o'neill@example.org", password: '$(rm) `x` "y"' }),
};
const logOut = {
  method: 'POST',
  url: `${url}/auth/logout?scope=all`,
  headers: [['authorization', 'Bearer eyJ.eyJ.abc'] satisfies [string, string]],
  body: '',
};

it('writes a request as a line for a shell, in which nothing is expanded', () => {
  expect(curlOf(login, true)).toBe(
    `curl -s http://localhost:8787/auth/login -H 'content-type: application/json' -d '{"email":"o'\\''neill@example.org","password":"$(rm) \`x\` \\"y\\""}'`,
  );
  expect(curlOf(logOut, true)).toBe(
    `curl -s -X POST 'http://localhost:8787/auth/logout?scope=all' -H 'authorization: Bearer eyJ.eyJ.abc'`,
  );
});

it('puts variables of the shell in the place of secrets', () => {
  expect(curlOf(login, false)).toBe(
    `curl -s http://localhost:8787/auth/login -H 'content-type: application/json' -d '{"email":"o'\\''neill@example.org","password":"'"$PASSWORD"'"}'`,
  );
  expect(curlOf(logOut, false)).toBe(
    `curl -s -X POST 'http://localhost:8787/auth/logout?scope=all' -H "authorization: Bearer $TOKEN"`,
  );
  const change = { code: '01234567', password: 'a', current_password: 'b', new_password: 'c', token: 'd' };
  const names = ['CODE', 'PASSWORD', 'CURRENT_PASSWORD', 'NEW_PASSWORD', 'MAILED_TOKEN'];
  const line = curlOf({ ...login, body: JSON.stringify(change) }, false);
  expect(Array.from(line.matchAll(/:"'"\$([A-Z_]+)"'"/g), ([, name]) => name)).toEqual(names);
  expect(curlOf({ ...login, body: 'password=123456' }, false)).not.toContain('123456');
});
