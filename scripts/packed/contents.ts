import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { checkTypes, createProject } from './project.ts';
import type { Tarball } from './tarball.ts';

const EXPECTED = /^(dist\/[\w/-]+\.(js|d\.ts)|README\.md|LICENSE|package\.json)$/;

const targets = z.object({ exports: z.record(z.string(), z.object({ types: z.string(), default: z.string() })) });

/** Checks that the tarball has what its `exports` name, README and licence, and nothing else. */
export function checkContents({ files }: Tarball): void {
  const { exports } = targets.parse(JSON.parse(readFileSync('packages/client/package.json', 'utf8')));
  const named = Object.values(exports).flatMap((paths) => Object.values(paths).map((path) => path.replace('./', '')));
  const missing = [...named, 'README.md', 'LICENSE'].filter((path) => !files.includes(path));
  assert.deepEqual({ missing, others: files.filter((path) => !EXPECTED.test(path)) }, { missing: [], others: [] });
  console.log('ok: the tarball has the code, its types, the README and the licence');
}

const IMPORTS = `
import { createLatchkey } from 'latchkey-client';
import { createAdmin } from 'latchkey-client/admin';
import { createMachine } from 'latchkey-client/machine';
import { createVerifier } from 'latchkey-client/verify';
import { requireCaller, requireScope, requireUser } from 'latchkey-client/express';
export const made: object[] = [
  createLatchkey({ url: 'https://auth.example.org' }),
  createAdmin({ url: 'https://auth.example.org', token: async () => 'a token' }),
  createVerifier({ issuer: 'https://auth.example.org', audience: 'latchkey' }),
  createMachine({ url: 'https://auth.example.org', clientId: 'reports', clientSecret: 'a secret' }),
  { requireCaller, requireScope, requireUser },
];
`;

/** Imports every entry point in a project without Hono and Express, and checks the types of those that need neither. */
export function importWithoutPeers(tarball: Tarball, node: string, parent: string): void {
  const project = createProject(tarball, { files: { 'imports.ts': IMPORTS } }, parent);
  const names = [
    'latchkey-client',
    ...['admin', 'machine', 'verify', 'hono', 'express'].map((name) => `latchkey-client/${name}`),
  ];
  const script = `await Promise.all(${JSON.stringify(names)}.map((name) => import(name)))`;
  for (const program of new Set([node, process.execPath])) {
    execFileSync(program, ['--input-type=module', '--eval', script], { cwd: project.folder, stdio: 'inherit' });
  }
  checkTypes(project, { file: 'imports.ts', platform: 'page' });
  console.log('ok: every entry point can be imported without Hono and Express');
}
