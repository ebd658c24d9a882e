import { expect, it } from 'vitest';
import { findMailProblems } from '../../../scripts/ops/mail-rules.ts';

const ISSUER = 'https://auth.example.org';
const problemsOf = (ACCOUNT_URL: unknown, CORS_ORIGINS?: string) =>
  findMailProblems({ ISSUER, ACCOUNT_URL, CORS_ORIGINS });

const unheard = [
  {
    field: 'CORS_ORIGINS',
    problem: 'must allow the origin of ACCOUNT_URL: otherwise its pages cannot call the service',
  },
];

it('lets account pages of another origin call only where CORS_ORIGINS allows it', () => {
  const elsewhere = 'https://app.example.org/account';
  for (const origins of ['https://app.example.org', 'https://a.example, https://*.example.org', '*'])
    expect(problemsOf(elsewhere, origins)).toEqual([]);
  for (const origins of [
    undefined,
    '',
    'https://example.org',
    'https://app.example.org:8443',
    'https://*.app.example.org',
  ])
    expect(problemsOf(elsewhere, origins)).toEqual(unheard);
  expect(problemsOf('https://auth.example.org:8443/account')).toEqual(unheard);
});

it('asks for nothing where the account pages are at the origin of the service, or nowhere', () => {
  for (const url of [undefined, '', 1, 'app.example.org', `${ISSUER}/account`, `${ISSUER}:443/pages`])
    expect(problemsOf(url)).toEqual([]);
});
