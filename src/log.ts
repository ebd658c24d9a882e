import { Refusal, StorageFailure } from './errors.ts';

/**
 * Writes one line of JSON to the log. It may hold no secret, token, password, e-mail address or bound query parameter.
 */
export function writeLine(line: { level: 'info' | 'warn' | 'error' } & Record<string, unknown>): void {
  console.log(JSON.stringify(line));
}

/** Writes a line about a mail: its id, and what became of it. Nothing else of a mail may be logged. */
export function logMail({ outcome, ...mail }: { mail_id: string; outcome: string; tries: number }): void {
  const isLost = outcome !== 'sent';
  writeLine({ level: isLost ? 'warn' : 'info', job: 'mail', ...mail, outcome });
}

/** What the log says about an error: the reason of a refusal or failure, the name and place of a bug. */
export function describe(error: unknown): { reason?: string | undefined; stack?: string[] } {
  if (error instanceof Refusal) return { reason: error.reason };
  if (error instanceof StorageFailure) return { reason: error.message };
  return error instanceof Error ? { reason: `bug: ${error.name}`, stack: framesOf(error) } : { reason: 'bug' };
}

/** The stack of an error without its message, which may hold anything. */
function framesOf(error: Error): string[] {
  const stack = error.stack ?? '';
  const lines = stack
    .slice(stack.indexOf(error.message) + error.message.length)
    .split('\n')
    .map((line) => line.trim());
  return lines.filter((line) => line.startsWith('at ')).slice(0, 8);
}

/** Prints `text` on the console of a service for development. In production, the log has lines of JSON only. */
export function printLine(text: string): void {
  console.log(text);
}
