import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { exportPKCS8 } from 'jose';
import type { Client } from '../harness/http-client.ts';
import { type Machines, OTHER_SCOPE, SCOPE } from './machines.ts';
import { DEBIAN_PYTHON, findAll, type ProgramName } from './programs.ts';

/** Debian's OAuth clients for Python, each with the script that uses it. */
const CLIENTS: { title: string; module: ProgramName; script: string }[] = [
  { title: 'Authlib', module: 'authlib/__init__.py', script: 'authlib_client.py' },
  { title: 'requests-oauthlib', module: 'requests_oauthlib/__init__.py', script: 'requests_oauthlib_client.py' },
];

/** Gets tokens for clients and refresh tokens with Python's OAuth clients. `certificate` is the authority that they trust. */
export async function runPythonClients(
  issuer: string,
  service: Client,
  { id, secret, keyed }: Machines,
  certificate: string,
): Promise<void> {
  const pem = await exportPKCS8(keyed.key);
  for (const { title, module, script } of CLIENTS) {
    if (findAll(title, [module]) === undefined) continue;
    const { refreshToken } = await service.register({ email: `${script}@example.org`, password: '123456' });
    const given = {
      issuer,
      id,
      secret,
      keyed: { id: keyed.id, alg: keyed.alg, pem },
      scope: SCOPE,
      other_scope: OTHER_SCOPE,
      refresh_token: refreshToken,
    };
    await runPython(script, JSON.stringify(given), certificate);
    console.log(`ok: ${title} (Python) gets tokens for clients and refresh tokens`);
  }
}

async function runPython(script: string, input: string, certificate: string): Promise<void> {
  const file = join(import.meta.dirname, 'python', script);
  // Secrets do not stand in the arguments, which other users of the machine can read.
  const env = { ...process.env, REQUESTS_CA_BUNDLE: certificate };
  const child = spawn(DEBIAN_PYTHON, ['-B', file], { env, stdio: 'pipe' });
  child.stdin.end(input);
  const [stderr] = await Promise.all([text(child.stderr), text(child.stdout), once(child, 'close')]);
  if (child.exitCode !== 0) throw new Error(`${script} failed:\n${stderr}`);
}
