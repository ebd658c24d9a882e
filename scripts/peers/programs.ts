import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Failure } from '../command.ts';

/** The files of the programs, and the Debian packages that contain them. */
const PACKAGES = {
  nginx: 'nginx-light',
  caddy: 'caddy',
  haproxy: 'haproxy',
  apache2: 'apache2',
  'mod_auth_openidc.so': 'libapache2-mod-auth-openidc',
  openssl: 'openssl',
  chromium: 'chromium',
  'authlib/__init__.py': 'python3-authlib',
  'requests_oauthlib/__init__.py': 'python3-requests-oauthlib',
} as const;

export type ProgramName = keyof typeof PACKAGES;

/** Debian's folder for Apache's modules. */
export const APACHE_MODULES = '/usr/lib/apache2/modules';

/** Debian's Python, and its folder for modules. Another Python would not find them. */
export const DEBIAN_PYTHON = '/usr/bin/python3';
const PYTHON_MODULES = '/usr/lib/python3/dist-packages';

/** Servers are in folders that may not be in PATH. */
const FOLDERS = [
  ...(process.env['PATH'] ?? '').split(delimiter),
  '/usr/sbin',
  '/usr/local/sbin',
  APACHE_MODULES,
  PYTHON_MODULES,
];

/** The path of a program; `undefined` when it is not installed. */
export function findProgram(name: ProgramName): string | undefined {
  return FOLDERS.map((folder) => join(folder, name)).find(isReadable);
}

/** The path of the first of `names`. When one is not installed, prints what is skipped. In CI, that is an error. */
export function findAll(peer: string, names: [ProgramName, ...ProgramName[]]): string | undefined {
  const missing = names.filter((name) => findProgram(name) === undefined);
  if (missing.length === 0) return findProgram(names[0]);
  const packages = missing.map((name) => PACKAGES[name]).join(' ');
  const message = `NOT RUN: ${peer}, which is not installed (on Debian: apt-get install ${packages})`;
  if (process.env['CI'] === 'true') throw new Failure(message);
  console.log(message);
  return undefined;
}

function isReadable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}
