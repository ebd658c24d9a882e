import { Failure, UsageError } from '../../command.ts';
import { devVarsOf, LOOPBACK } from '../../dev/vars.ts';
import { findLocalService } from './local-service.ts';
import { type OperatorKeys, readDevKeys, readSecretsFile } from './operator-keys.ts';

/** The service to operate, and what makes it take the operator for one. */
export type Target = OperatorKeys & { origin: string; issuer: string };

/** Which service is meant, as the command line says it. */
export type Choice = { url?: string | undefined; issuer?: string | undefined; 'secrets-file'?: string | undefined };

/**
 * The service that `choice` names; without a URL, the one that `npm run dev` runs with the keys of `devVars`. The issuer
 * is what the operator or `.dev.vars` says, else the origin of the URL. It is never what the server says of itself:
 * a hostile one could name another service, and use the token there.
 */
export async function findTarget(choice: Choice, devVars = devVarsOf('')): Promise<Target> {
  const { 'secrets-file': file } = choice;
  const origin = choice.url === undefined ? undefined : parseOrigin('--url', choice.url);
  const issuer = choice.issuer === undefined ? undefined : parseOrigin('--issuer', choice.issuer);
  if (origin !== undefined && file === undefined && !isOnThisMachine(origin)) {
    throw new Failure(
      'Give --secrets-file FILE too, with the secrets of that deployment. The keys in .dev.vars are for this machine only.',
      2,
    );
  }
  const found = file === undefined ? await readDevKeys(devVars) : await readSecretsFile(file);
  const reached = origin ?? (await findLocalService(found));
  return { ...found, origin: reached, issuer: issuer ?? found.issuer ?? reached };
}

/** Whether `origin` is on this machine. A server there may be anyone's all the same. */
export const isOnThisMachine = (origin: string): boolean => LOOPBACK.includes(new URL(origin).hostname);

/** The messages do not repeat the argument, which may be a secret. */
function parseOrigin(option: string, text: string): string {
  const { protocol, origin, href } = URL.canParse(text) ? new URL(text) : { protocol: '', origin: '', href: '' };
  // Without a path, a query, or a name and a password.
  if (!['http:', 'https:'].includes(protocol) || href !== `${origin}/`)
    throw new UsageError(`${option} takes a URL without a path, such as https://auth.example.org.`);
  if (protocol === 'http:' && !isOnThisMachine(origin))
    throw new UsageError(`${option} takes http:// on this machine only: anybody on the way could read the token.`);
  return origin;
}
