import { readFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { z } from 'zod';
import { Failure } from '../command.ts';
import { isCode } from './refusals.ts';

const PAGE = 'docs/reference/routes.md';

const BEGIN = '<!-- `npm run assets` makes this table from the OpenAPI document. -->';
const END = '<!-- Here the generated table ends. -->';

/** Refusals that come with what a route is. Their list is below the table, by hand. */
const common = new Set([
  'too_many_requests',
  'misconfigured',
  'internal_error',
  'storage_unavailable',
  'missing_token',
  'malformed_token',
  'expired_token',
  'invalid_token',
  'revoked_token',
  'invalid_client',
  'admin_required',
  'malformed_json',
  'invalid_request',
  'unsupported_media_type',
  'form_expected',
  'body_too_large',
]);

const operation = z.object({
  summary: z.string(),
  'x-who': z.string(),
  responses: z.record(
    z.string(),
    z.object({
      description: z.string(),
      content: z.record(z.string(), z.object({ examples: z.record(z.string(), z.unknown()) })).optional(),
    }),
  ),
});
const documented = z.object({ paths: z.record(z.string(), z.record(z.string(), operation)) });

/** The page of routes, with a row for each route of `document` between its markers. */
export async function makeRoutesPage(document: unknown): Promise<string> {
  const page = readFileSync(PAGE, 'utf8');
  const [begin, end] = [page.indexOf(BEGIN) + BEGIN.length, page.indexOf(END)];
  if (begin < BEGIN.length || end < begin) throw new Failure(`${PAGE} must have the lines ${BEGIN} and ${END}.`);
  const rows = Object.entries(documented.parse(document).paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, route]) => rowOf(`${method.toUpperCase()} ${path}`, route)),
  );
  const table = ['| route | who | what it does | responses |', '| --- | --- | --- | --- |', ...rows].join('\n');
  const options = await resolveConfig(PAGE);
  return format(`${page.slice(0, begin)}\n\n${table}\n\n${page.slice(end)}`, { ...options, filepath: PAGE });
}

function rowOf(route: string, { summary, 'x-who': who, responses }: z.infer<typeof operation>): string {
  const all = Object.entries(responses).flatMap(([status, { content = {} }]) => describe(status, content));
  return `| \`${route}\` | ${who} | ${summary} | ${all.join('; ')} |`;
}

/** A success is a status. A refusal has its code, which is the name of its example. */
function describe(status: string, content: Record<string, { examples: Record<string, unknown> }>): string[] {
  const names = Object.values(content).flatMap(({ examples }) => Object.keys(examples));
  const codes = names.filter(isCode);
  return codes.length === 0
    ? [status]
    : codes.filter((code) => !common.has(code)).map((code) => `${status} \`${code}\``);
}
