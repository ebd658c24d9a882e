import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import tls from 'node:tls';
import type { Certificate } from '../harness/service.ts';

const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];

/** HAProxy compares IP addresses with the DNS names, too. */
const NAMES = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,DNS:127.0.0.1,IP:127.0.0.1'];

/** Makes a certificate for localhost with `openssl`, in a new folder in `state`. It is valid for a day. */
export function makeCertificate(openssl: string, state: string): Certificate {
  const folder = mkdtempSync(join(state, 'certificate-'));
  // The proxies read it as another user.
  chmodSync(folder, 0o711);
  const files = { key: join(folder, 'key.pem'), cert: join(folder, 'cert.pem') };
  const args = ['req', '-x509', '-days', '1', ...NEW_KEY, ...NAMES, '-keyout', files.key, '-out', files.cert];
  const { status, stderr } = spawnSync(openssl, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`No certificate: ${stderr}`);
  return files;
}

/** Makes this process trust this certificate, and no other authority. */
export function trust({ cert }: Certificate): void {
  tls.setDefaultCACertificates([readFileSync(cert, 'utf8')]);
}
