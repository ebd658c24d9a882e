import type { Outcome } from './mail.ts';

/** What the body of a failed response may have, in characters. Those of providers have a few hundred. */
const MAX_LENGTH = 16_384;

/**
 * Statuses below 500 that say nothing about the mail: a wrong key, URL or plan, which an operator will mend, or a
 * provider that is busy.
 */
const NOT_ABOUT_THE_MAIL = new Set([401, 402, 403, 404, 405, 408, 425, 429]);

export type PostOptions = { url: string; headers?: Record<string, string>; body: string; deadlineMs: number };

/** What a status and a body other than a 2xx mean to one provider; `undefined` for what they mean to all. */
export type Judge = (status: number, body: string) => Outcome | undefined;

/**
 * Posts JSON to a provider. A 2xx means `sent`, whatever its body. A network error, no response within `deadlineMs`,
 * a redirect, a 5xx and statuses that are not about the mail mean `retry`. Any other status means `refused`.
 */
export async function post({ url, headers, body, deadlineMs }: PostOptions, judge?: Judge): Promise<Outcome> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'User-Agent': 'latchkey', ...headers },
      body,
      // A redirect could lead the mail to somebody else.
      redirect: 'manual',
      signal: AbortSignal.timeout(deadlineMs),
    });
    if (response.ok) {
      // The provider has the mail, even if the connection drops now.
      await response.body?.cancel().catch(() => undefined);
      return 'sent';
    }
    return judge?.(response.status, await readStart(response)) ?? outcomeOf(response.status);
  } catch {
    return 'retry';
  }
}

function outcomeOf(status: number): Outcome {
  return status < 400 || status >= 500 || NOT_ABOUT_THE_MAIL.has(status) ? 'retry' : 'refused';
}

/** The body, cut off where no provider's would go on. Leaving the loop cancels the stream. */
async function readStart({ body }: Response): Promise<string> {
  let text = '';
  for await (const chunk of body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk;
    if (text.length > MAX_LENGTH) break;
  }
  return text;
}

/** The member `name` of the JSON object `text`; `undefined` for any other text. */
export function memberOf(text: string, name: string): unknown {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null ? Reflect.get(parsed, name) : undefined;
  } catch {
    return undefined;
  }
}
