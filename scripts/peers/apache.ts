import { join } from 'node:path';
import { APACHE_MODULES } from './programs.ts';
import type { Proxy } from './proxy.ts';

const MODULES = [
  'mpm_event',
  'authn_core',
  'authz_core',
  'authz_user',
  'headers',
  'proxy',
  'proxy_http',
  'auth_openidc',
];

const configuration = (example: string) => `
ServerName localhost
PidFile apache.pid
DefaultRuntimeDir .
Mutex file:. default
ErrorLog "|/bin/cat"
${MODULES.map((name) => `LoadModule ${name}_module ${APACHE_MODULES}/mod_${name}.so`).join('\n')}
OIDCCABundlePath \${SSL_CERT_FILE}
Include ${example}
`;

const apache: Pick<Proxy, 'programs' | 'unreachable' | 'args'> = {
  programs: ['apache2', 'mod_auth_openidc.so'],
  unreachable: 401,
  args: (folder) => ['-DFOREGROUND', '-d', folder, '-f', join(folder, 'main.conf')],
};

/** mod_auth_openidc as a resource server that introspects each token. */
export const apacheIntrospecting: Proxy = {
  ...apache,
  title: 'mod_auth_openidc with introspection',
  asks: 'introspect',
  files: { 'main.conf': configuration('apache-introspection.conf') },
};

/** mod_auth_openidc as a resource server that verifies tokens with the public keys. */
export const apacheWithKeys: Proxy = {
  ...apache,
  title: 'mod_auth_openidc with the public keys',
  asks: 'keys',
  files: { 'main.conf': configuration('apache-keys.conf') },
};
