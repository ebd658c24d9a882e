import { describe, expect, it } from 'vitest';
import { matchesOrigin } from '../../src/config/origin-pattern.ts';

describe.each([
  [
    'https://app.example.org',
    ['https://app.example.org'],
    [
      'http://app.example.org',
      'https://app.example.org:8443',
      'https://APP.example.org',
      'https://app.example.org/',
      '',
    ],
  ],
  ['*', ['https://app.example.org', 'capacitor://localhost', 'null'], []],
  ['capacitor://localhost', ['capacitor://localhost'], ['ionic://localhost', 'http://localhost', 'capacitor://local']],
  [
    'https://*.preview.example.org',
    ['https://a.preview.example.org', 'https://pr-17.preview.example.org', 'https://xn--bcher-kva.preview.example.org'],
    [
      'https://preview.example.org',
      'https://.preview.example.org',
      'https://a.b.preview.example.org',
      'https://evil-preview.example.org',
      'https://a.preview.example.org.evil.com',
      'https://preview.example.org.evil.com',
      'https://evil.com/.preview.example.org',
      'https://evil.com?.preview.example.org',
      'https://evil.com#.preview.example.org',
      'https://evil.com:80.preview.example.org',
      'https://evil.com@a.preview.example.org',
      'https://evil%2e.preview.example.org',
      'https://*.preview.example.org',
      'https://a.preview.example.org:8443',
      'https://a.preview.example.org.',
      'http://a.preview.example.org',
      'https://A.preview.example.org',
      `https://${'a'.repeat(64)}.preview.example.org`,
      'https://a.previewXexample.org',
      'https://a\n.preview.example.org',
      'null',
      '',
    ],
  ],
  [
    'https://*.example.org:8443',
    ['https://a.example.org:8443'],
    [
      'https://a.example.org',
      'https://a.example.org:443',
      'https://a.example.org:84430',
      'https://a.example.org:18443',
    ],
  ],
  [
    'http://localhost:*',
    ['http://localhost', 'http://localhost:3000', 'http://localhost:65535'],
    [
      'https://localhost:3000',
      'http://localhost:',
      'http://localhost:*',
      'http://localhost:3000.evil.com',
      'http://localhost:3000@evil.com',
      'http://localhost:123456',
      'http://localhost.evil.com:3000',
      'http://127.0.0.1:3000',
      'http://a.localhost:3000',
      'null',
    ],
  ],
  ['http://[::1]:*', ['http://[::1]', 'http://[::1]:5173'], ['http://[::2]:5173', 'http://[::1]5173']],
])('%s', (pattern, right, wrong) => {
  it.each(right.map((origin) => [origin]))('matches %j', (origin) => {
    expect(matchesOrigin(pattern, origin)).toBe(true);
  });

  it.each(wrong.map((origin) => [origin]))('does not match %j', (origin) => {
    expect(matchesOrigin(pattern, origin)).toBe(false);
  });
});
