import { listOf, type startAdministration } from './administration.ts';
import { operatorToken } from './operator.ts';
import { bearer, type ServiceResponse } from './service.ts';

/** What has become of a line, as the service says. */
export type LineResult = { line: number; outcome: string; user_id: string | null; errors: unknown[] };

/** Sends `lines` to import: objects, or a text as it is. */
export async function importLines(
  { call }: Pick<ReturnType<typeof startAdministration>, 'call'>,
  lines: readonly object[] | string,
  { query = '', token, headers = {} }: { query?: string; token?: string; headers?: Record<string, string> } = {},
): Promise<ServiceResponse> {
  return call(`/admin/import${query}`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-ndjson', ...bearer(token ?? (await operatorToken())), ...headers },
    body: typeof lines === 'string' ? lines : lines.map((line) => JSON.stringify(line)).join('\n'),
  });
}

/** The results in the response of an import. */
export function resultsOf({ body }: ServiceResponse): LineResult[] {
  return listOf(body).map(({ line, outcome, user_id: userId, errors }) => ({
    line: Number(line),
    outcome: String(outcome),
    user_id: typeof userId === 'string' ? userId : null,
    errors: Array.isArray(errors) ? errors : [errors],
  }));
}
