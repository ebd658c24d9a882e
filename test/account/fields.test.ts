import { describe, expect, it } from 'vitest';

const sources = import.meta.glob<string>('/packages/account/src/**/*.ts', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const field = sources['/packages/account/src/field.ts'];

describe('the fields of the account pages', () => {
  it('mask the password, and tell password managers what each is', () => {
    expect(field).toContain("{ type: 'password', autocomplete: 'new-password' }");
    expect(field).toContain("{ type: 'email', autocomplete: 'username', value }");
    expect(field).toContain("autocomplete: 'one-time-code'");
  });

  it('ask for the password, for passkeys and for the code of an app', () => {
    const fields = sources['/packages/account/src/security/fields.ts'];
    expect(fields).toContain("{ type: 'password', autocomplete: 'current-password' }");
    expect(fields).toContain("{ type: 'email', autocomplete: 'username webauthn' }");
    expect(fields).toContain("autocomplete: 'one-time-code'");
  });

  it('do not meddle with what is pasted', () => {
    expect(Object.keys(sources).length).toBeGreaterThan(5);
    for (const source of Object.values(sources))
      expect(source).not.toMatch(/Listener\('(beforeinput|paste|input|key)|maxLength|readOnly/);
  });
});

it('keeps nothing in the browser: neither storage nor cookies', () => {
  for (const source of Object.values(sources)) expect(source).not.toMatch(/Storage|indexedDB|cookie|caches\b/);
});

it('writes nothing into a page as HTML', () => {
  for (const source of Object.values(sources)) expect(source).not.toMatch(/innerHTML|outerHTML|insertAdjacent|write\(/);
});
