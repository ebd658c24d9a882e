import { expect, it } from 'vitest';
import { shortenToken, showBody } from '../../packages/playground/src/secrets.ts';

const response = JSON.stringify({
  email: 'joe@gmail.com',
  auth_token: 'eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl',
  nested: [{ refresh_token: '01a21687-eb06-7e0d-a9e4-639acf083fb3.0.hwVdVo1cEc', password: 'correct horse' }],
});

it('shows the secrets of a body only when it is told to', () => {
  expect(JSON.parse(showBody(response, false))).toEqual({
    email: 'joe@gmail.com',
    auth_token: 'eyJhbGciOiJF…',
    nested: [{ refresh_token: '01a21687-eb0…', password: '••••••' }],
  });
  expect(JSON.parse(showBody(response, true))).toEqual(JSON.parse(response));
});

it('hides what a mail carried and all passwords, but not the code of a refusal', () => {
  const request = { code: '01234567', token: '01a21687-eb06-7e0d-a9e4-639acf083fb3.Ab_-Ab_-', current_password: 'old' };
  expect(JSON.parse(showBody(JSON.stringify({ ...request, new_password: 'new' }), false))).toEqual({
    code: '••••••',
    token: '01a21687-eb0…',
    current_password: '••••••',
    new_password: '••••••',
  });
  const refusal = JSON.stringify({ code: 'invalid_challenge' });
  expect(JSON.parse(showBody(refusal, false))).toEqual({ code: 'invalid_challenge' });
});

it('shortens each part of a token', () => {
  expect(shortenToken('eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl')).toBe('eyJhbGci….eyJzdWIi….c2lnbmF0…');
});

it('cuts what is not JSON', () => {
  expect(showBody('<!doctype html>', false)).toBe('<!doctype html>');
  expect(showBody('a'.repeat(5000), false)).toHaveLength(2001);
});
