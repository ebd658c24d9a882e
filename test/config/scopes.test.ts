import { describe, expect, it } from 'vitest';
import { findConfigProblems, parseConfig } from '../../src/config/config.ts';
import { least } from '../support/least-config.ts';

describe('USER_SCOPES', () => {
  it('names scopes of all users, and scopes that need a role', () => {
    const USER_SCOPES = 'reports:read, articles:write=editor , articles:write = chief-editor';
    expect(parseConfig({ ...least, USER_SCOPES }).userScopes).toEqual([
      { scope: 'reports:read', role: undefined },
      { scope: 'articles:write', role: 'editor' },
      { scope: 'articles:write', role: 'chief-editor' },
    ]);
    expect(parseConfig({ ...least, USER_SCOPES: '' }).userScopes).toEqual([]);
    const longest = `a${'b'.repeat(63)}`;
    expect(parseConfig({ ...least, USER_SCOPES: longest }).userScopes).toEqual([{ scope: longest, role: undefined }]);
  });

  const problem = 'must be scopes without the prefix latchkey:, each alone or as scope=role; several with commas';
  it.each([
    'reports read',
    'latchkey:introspect',
    'latchkey:other=editor',
    'reports=',
    '=editor',
    'reports=Editor',
    'reports=a=b',
    '1reports',
    'a"b',
    'ä',
    `a${'b'.repeat(64)}`,
  ])('refuses %j', (USER_SCOPES) => {
    expect(findConfigProblems({ ...least, USER_SCOPES })).toEqual([{ field: 'USER_SCOPES', problem }]);
  });

  it('has 512 characters at most', () => {
    const list = (length: number) => 'a,'.repeat(length / 2);
    expect(findConfigProblems({ ...least, USER_SCOPES: list(512) })).toEqual([]);
    expect(findConfigProblems({ ...least, USER_SCOPES: list(514) })).toEqual([
      { field: 'USER_SCOPES', problem: 'must have at most 512 characters' },
    ]);
  });
});

describe('RESOURCES', () => {
  it('names further audiences', () => {
    const RESOURCES = 'https://reports.example.org, urn:example:files';
    expect(parseConfig({ ...least, RESOURCES }).resources).toEqual([
      'https://reports.example.org',
      'urn:example:files',
    ]);
    expect(parseConfig({ ...least, RESOURCES: '' }).resources).toEqual([]);
  });

  it.each(['reports', '/reports', 'https://reports.example.org/#top', 'https://a b', `https://${'a'.repeat(250)}.org`])(
    'refuses %j',
    (RESOURCES) => {
      expect(findConfigProblems({ ...least, RESOURCES })).toEqual([
        { field: 'RESOURCES', problem: 'must be absolute URIs without a fragment; several with commas' },
      ]);
    },
  );
});
