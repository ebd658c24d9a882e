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

it('hides API keys, the secrets of clients, and what they are exchanged for', () => {
  const key = `lk_${'k'.repeat(59)}_0aB9zZ`;
  expect(JSON.parse(showBody(JSON.stringify({ key, data: { key_id: 'kkkkkkkkkkkkkkkk' } }), false))).toEqual({
    key: 'lk_kkkkkkkkk…',
    data: { key_id: 'kkkkkkkkkkkkkkkk' },
  });
  const made = { client_secret: 'c'.repeat(43), access_token: 'eyJhbGciOiJFUzI1NiJ9.eyJ.abc' };
  expect(JSON.parse(showBody(JSON.stringify(made), false))).toEqual({
    client_secret: '••••••',
    access_token: 'eyJhbGciOiJF…',
  });
  expect(JSON.parse(showBody('{"client_secret":null}', false))).toEqual({ client_secret: null });
});

it('shows a form by lines, and its secrets only when it is told to', () => {
  const form = new URLSearchParams({
    scope: 'a b',
    client_id: 'x',
    client_secret: 'c-_',
    subject_token: `lk_${'k'.repeat(60)}`,
  });
  expect(showBody(form.toString(), false).split('\n')).toEqual([
    'scope=a b',
    'client_id=x',
    'client_secret=••••••',
    'subject_token=lk_kkkkkkkkk…',
  ]);
  expect(showBody(form.toString(), true)).toContain('client_secret=c-_\nsubject_token=lk_kkkkkkkkkk');
});

it('cuts what is not JSON', () => {
  expect(showBody('<!doctype html>', false)).toBe('<!doctype html>');
  expect(showBody('a'.repeat(5000), false)).toHaveLength(2001);
});

it('hides what sets up and proves a second factor, also inside what a passkey signs', () => {
  const offer = { secret: 'JBSWY3DPEHPK3PXP', otpauth_uri: 'otpauth://totp/Latchkey:joe?secret=JBSWY3DPEHPK3PXP' };
  const tokens = { challenge_token: 'eyJpZCI6IjAxYTIxYjQyIn0.mac', enrolment_token: 'eyJpZCI6IjAxYTIxYjQzIn0.mac' };
  expect(
    JSON.parse(showBody(JSON.stringify({ data: { ...offer, qr_svg: '<svg viewBox="0 0 1 1"/>' }, ...tokens }), false)),
  ).toEqual({
    data: { secret: '••••••', otpauth_uri: 'otpauth://to…', qr_svg: '<svg viewBox…' },
    challenge_token: 'eyJpZCI6IjAx…',
    enrolment_token: 'eyJpZCI6IjAx…',
  });
  const shown = {
    recovery_codes: ['JBSW-Y3DP-EHPK-3PXP', 'AAAA-BBBB-CCCC-DDDD'],
    recovery_code: 'JBSW-Y3DP-EHPK-3PXP',
  };
  expect(JSON.parse(showBody(JSON.stringify(shown), false))).toEqual({
    recovery_codes: ['••••••', '••••••'],
    recovery_code: '••••••',
  });
  expect(JSON.parse(showBody(JSON.stringify(shown), true))).toEqual(shown);
  const used = {
    passkey: { id: 'YWFh', response: { clientDataJSON: 'eyJ0eXBlIjoid2ViYXV0aG4', signature: 'MEUCIQDAAAAAAAAA' } },
  };
  expect(JSON.parse(showBody(JSON.stringify({ ...used, challenge: 'ZXlKcFpDSTZJakF4' }), false))).toEqual({
    passkey: { id: 'YWFh', response: { clientDataJSON: 'eyJ0eXBlIjoi…', signature: 'MEUCIQDAAAAA…' } },
    challenge: 'ZXlKcFpDSTZJ…',
  });
  const counts = { recovery_codes: { left: 10, made_on: null }, factors: { recovery_codes: 10 } };
  expect(JSON.parse(showBody(JSON.stringify(counts), false))).toEqual(counts);
});
