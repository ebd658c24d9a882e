import type { Admin } from '../client.ts';

/** The lines with a new secret of a client that its program knows already. No other line of any command has it. */
export const shownOnce = (id: string, secret: string): string[] => [
  ...secretLines(id, secret),
  'Give the secret to the program, by a way that you trust. It is not shown again.',
];

/** The same for a new client. */
export const bothShownOnce = (id: string, secret: string): string[] => [
  ...secretLines(id, secret),
  'Give both to the program, by a way that you trust. The secret is not shown again.',
];

const secretLines = (id: string, secret: string) => ['', `client_id      ${id}`, `client_secret  ${secret}`, ''];

/** How to get a token with that secret, which is not repeated: history and screens would keep it. */
export const tryIt = ({ origin }: Pick<Admin, 'origin'>, id: string): string[] => [
  'Try it, with the secret in CLIENT_SECRET:',
  `  curl -s -u "${id}:$CLIENT_SECRET" ${origin}/oauth/token -d grant_type=client_credentials`,
];
