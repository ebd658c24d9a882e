import { createInterface } from 'node:readline/promises';
import { Failure } from '../../command.ts';
import { printable } from './printable.ts';

/**
 * Asks the person at the terminal, unless `yes` was said before. Throws `Failure` for anything but a yes, and where
 * nobody can answer.
 */
export async function confirm(question: string, yes = false, terminal: Terminal = process): Promise<void> {
  if (yes) return;
  const { stdin: input, stderr: output } = terminal;
  if (input.isTTY !== true)
    throw new Failure('This cannot be undone, and there is no terminal to ask at. To go on all the same, add --yes.');
  const lines = createInterface({ input, output });
  const closed = new AbortController();
  lines.once('close', () => closed.abort());
  const answer = await lines.question(`${printable(question)} [y/N] `, { signal: closed.signal }).catch(() => '');
  lines.close();
  if (!/^\s*y(es)?\s*$/i.test(answer)) throw new Failure('Nothing was changed.');
}

/** Where to ask. Standard output is for what was done. */
type Terminal = { stdin: NodeJS.ReadableStream & { isTTY?: boolean }; stderr: NodeJS.WritableStream };
