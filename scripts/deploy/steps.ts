import { Failure } from '../command.ts';

/** A step of a deploy. `run` returns what to say about it, and throws a `Failure` when the deploy cannot go on. */
export type Step = { title: string; run: () => Promise<string | void> };

/**
 * Runs `steps` in order. At the first that fails, throws a `Failure` that says what was done, what was not, and that
 * `command` continues: each step does nothing that is done already, but for deploying the same code again.
 */
export async function runSteps(steps: Step[], command: string, say: (line: string) => void): Promise<void> {
  for (const [index, { title, run }] of steps.entries()) {
    say(`\n[${index + 1}/${steps.length}] ${title}`);
    try {
      const remark = await run();
      if (remark !== undefined) say(remark);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      throw new Failure(
        describeStop(
          steps.map((step) => step.title),
          index,
          error.message,
          command,
        ),
        error.exitCode,
      );
    }
  }
}

/** The message of a deploy that stopped at the step `index` because of `reason`. */
export function describeStop(titles: string[], index: number, reason: string, command: string): string {
  const list = (some: string[]) => (some.length === 0 ? '  nothing' : some.map((title) => `  ${title}`).join('\n'));
  return `
The deploy stopped at step ${index + 1}, ${titles[index]}.
${reason}

Done:
${list(titles.slice(0, index))}
Not done:
${list(titles.slice(index))}
When the problem is solved, continue with the same command. It repeats no migration that is done:
  ${command}`;
}
