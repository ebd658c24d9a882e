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

it('puts variables in the place of the secrets of a form, and of an API key', () => {
  const form = {
    method: 'POST',
    url: `${url}/oauth/token`,
    headers: [],
    body: new URLSearchParams({
      client_id: "o'x",
      client_secret: 'c-_',
      scope: '$(rm) a',
      subject_token: 'lk_k',
    }).toString(),
  };
  const start = `curl -s ${url}/oauth/token -d 'client_id=o%27x&client_secret=`;
  expect(curlOf(form, false)).toBe(`${start}'"$CLIENT_SECRET"'&scope=%24%28rm%29+a&subject_token='"$API_KEY"''`);
  expect(curlOf(form, true)).toBe(`${start}c-_&scope=%24%28rm%29+a&subject_token=lk_k'`);
  const created = { ...login, body: '{"key":"lk_k","subject_token":"lk_k"}' };
  expect(curlOf(created, false)).toContain(`{"key":"'"$API_KEY"'","subject_token":"'"$API_KEY"'"}`);
});

it('puts variables in the place of what proves a second factor', () => {
  const factor = { challenge_token: 'a.b', recovery_code: 'JBSW-Y3DP-EHPK-3PXP' };
  expect(curlOf({ ...login, body: JSON.stringify(factor) }, false)).toContain(
    `{"challenge_token":"'"$CHALLENGE_TOKEN"'","recovery_code":"'"$RECOVERY_CODE"'"}`,
  );
});

it('shows the headers where the answer is in them, and names an API key', () => {
  const headers = [['authorization', 'Bearer lk_k'] satisfies [string, string]];
  const verify = { method: 'GET', url: `${url}/auth/verify?scope=api`, headers, body: '' };
  expect(curlOf(verify, false)).toBe(`curl -si '${url}/auth/verify?scope=api' -H "authorization: Bearer $API_KEY"`);
  expect(curlOf(verify, true)).toBe(`curl -si '${url}/auth/verify?scope=api' -H 'authorization: Bearer lk_k'`);
});
