import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { Failure } from '../command.ts';
import type { Tarball } from './tarball.ts';

/** A project outside this repository, with the packed client installed as its users install it. */
export type Project = { folder: string };

type Contents = {
  /** Packages to install beside the client: a name has the version of this repository, `name@range` another one. */
  packages?: string[];
  /** A folder to copy into the project. */
  from?: string;
  /** Further files, by name. */
  files?: Record<string, string>;
};

/** Makes a project in `parent`, and installs the client from the tarball. The packages come from npm's cache, if there. */
export function createProject(
  { path }: Tarball,
  { packages = [], from, files = {} }: Contents,
  parent: string = tmpdir(),
): Project {
  const folder = mkdtempSync(join(parent, 'project-'));
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
  if (from !== undefined) cpSync(from, folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const named = packages.map((name) => (name.lastIndexOf('@') > 0 ? name : `${name}@${versionOf(name)}`));
  const flags = ['--prefer-offline', '--no-audit', '--no-fund', '--loglevel', 'error'];
  const args = ['install', ...flags, path, ...named];
  const { status } = spawnSync('npm', args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) throw new Failure('A package could not be installed: npm says why, above. Check the network.');
  return { folder };
}

/** How a project resolves modules, and the option `module` that goes with it. */
const modules = { nodenext: 'nodenext', bundler: 'esnext' };
const resolutions = ['nodenext', 'bundler'] as const;

/** The types of each platform. Hono needs those of the DOM, which TypeScript includes by default, on Node too. */
const platforms = {
  page: { types: [] },
  node: { types: ['node'] },
  worker: { lib: ['es2022'], types: ['@cloudflare/workers-types'] },
};

type Check = { file: string; platform: keyof typeof platforms; under?: readonly (keyof typeof modules)[] };

/**
 * Checks the types of `file` in the project, as strictly as TypeScript can, with the declarations of packages, under
 * each of the `under`. Throws `Failure` with what is wrong.
 */
export function checkTypes({ folder }: Project, { file, platform, under = resolutions }: Check): void {
  for (const moduleResolution of under) {
    const compilerOptions = { ...strict, ...platforms[platform], module: modules[moduleResolution], moduleResolution };
    const config = join(folder, `tsconfig.${moduleResolution}.json`);
    writeFileSync(config, JSON.stringify({ compilerOptions, files: [file] }));
    const { status, stdout } = spawnSync(process.execPath, [TSC, '-p', config], { cwd: folder, encoding: 'utf8' });
    if (status !== 0) throw new Failure(`The types of ${file} are wrong under ${moduleResolution}:\n${stdout}`);
  }
}

const TSC = resolve('node_modules/typescript/bin/tsc');

const strict = {
  target: 'es2022',
  noEmit: true,
  allowJs: true,
  checkJs: true,
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  verbatimModuleSyntax: true,
  skipLibCheck: false,
};

/** The version of `name` that this repository has installed. */
function versionOf(name: string): string {
  const text = readFileSync(`node_modules/${name}/package.json`, 'utf8');
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version;
}
