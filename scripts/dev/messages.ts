import { type Other, sayOthers } from './others.ts';

/** What the greeting depends on. `takenPort` is a port that this run would have had, and `others` run already. */
export type Scene = {
  url: string;
  takenPort: number | undefined;
  hasPlayground: boolean;
  printsMails: boolean;
  others: Other[];
};

/** Says where the service listens, and what to try. */
export function greeting({ url, takenPort, hasPlayground, printsMails, others }: Scene): string {
  const body = `-H 'content-type: application/json' -d '{"email":"joe@gmail.com","password":"123456"}'`;
  const insecure = url.startsWith('https') ? ' -k' : '';
  const taken = takenPort === undefined ? '' : ` Port ${takenPort} is in use.`;
  const page = hasPlayground ? `\nThe playground is a page to try it:\n\n  ${url}/\n` : '';
  const mails = printsMails ? `\nMails show here, with their links and codes.\n` : '';
  return `
Latchkey listens on ${url}.${taken}
${describeOthers(others)}${page}${mails}
In another terminal, you can try:

  curl -s${insecure} ${url}/auth/register ${body}
  TOKEN=$(curl -s${insecure} ${url}/auth/login ${body} | tee /dev/stderr | sed 's/.*"auth_token":"\\([^"]*\\)".*/\\1/')
  curl -s${insecure} ${url}/auth/status -H "authorization: Bearer $TOKEN"
  curl -s${insecure} -X POST ${url}/auth/logout -H "authorization: Bearer $TOKEN"
`;
}

/** Names the Latchkeys that ran on this machine already, and says what that means; empty when there is none. */
function describeOthers(others: Other[]): string {
  if (others.length === 0) return '';
  return `
${sayOthers(others)} Each refuses the tokens of the others with 401.
`;
}

/** Says that the service runs and cannot serve. */
export function notReady(url: string, devVars: string): string {
  return `
Latchkey listens on ${url}, but is not ready. The line above says why.
\`npm run doctor -- development\` checks the configuration. If you delete ${devVars}, the next start writes a new one.
`;
}

/** Says what `devVars` lacks, one a line, and this run uses instead. */
export function incomplete(devVars: string, missing: string[]): string {
  return `${devVars} lacks what this version needs. This run uses:

${missing.map((line) => `  ${line}`).join('\n')}

To keep or change these values, add the lines. wrangler.toml has the values of production.
`;
}
