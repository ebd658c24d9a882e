/** What to try with the service at `url`. */
export function greeting(url: string): string {
  const body = `-H 'content-type: application/json' -d '{"email":"joe@gmail.com","password":"123456"}'`;
  const insecure = url.startsWith('https') ? ' -k' : '';
  return `
Latchkey listens on ${url}. Try, in another terminal:

  curl -s${insecure} ${url}/auth/register ${body}
  TOKEN=$(curl -s${insecure} ${url}/auth/login ${body} | tee /dev/stderr | sed 's/.*"auth_token":"\\([^"]*\\)".*/\\1/')
  curl -s${insecure} ${url}/auth/status -H "authorization: Bearer $TOKEN"
  curl -s${insecure} -X POST ${url}/auth/logout -H "authorization: Bearer $TOKEN"
`;
}

/** That the service at `url` runs and cannot serve. */
export function notReady(url: string, devVars: string): string {
  return `
Latchkey listens on ${url}, and is not ready: the line above says why.
\`npm run doctor -- development\` looks at the configuration. Without ${devVars}, the next start writes it anew.
`;
}

/** What `devVars` lacks, one a line, and this run has all the same. */
export function incomplete(devVars: string, missing: string[]): string {
  return `${devVars} lacks what this version has. This run uses:

${missing.map((line) => `  ${line}`).join('\n')}

Add the lines to keep or change the values. wrangler.toml has those of production.
`;
}
