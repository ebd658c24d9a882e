import { vi } from 'vitest';
import { type Command, runCommand } from '../../scripts/command.ts';

/** What a script printed, and its exit code. */
export type Call = { status: number; stdout: string; stderr: string };

/** Runs the script in this process, which takes no start of Node. Only what it prints by `console` is caught. */
export async function call(command: Command, ...args: string[]): Promise<Call> {
  const stdout: string[] = [];
  const stderr: string[] = [];
  const spies = [
    vi.spyOn(console, 'log').mockImplementation((...words) => void stdout.push(words.join(' '), '\n')),
    vi.spyOn(console, 'error').mockImplementation((...words) => void stderr.push(words.join(' '), '\n')),
  ];
  try {
    const status = await runCommand(command, args);
    return { status, stdout: stdout.join(''), stderr: stderr.join('') };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}
