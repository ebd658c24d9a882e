import { setImmediate as nextTurn } from 'node:timers/promises';
import { Failure } from '../command.ts';

/** The part of `process` that tells of Ctrl+C. */
type Signals = Pick<NodeJS.EventEmitter, 'once' | 'off'>;

/** A step of a deploy. `run` returns what to say about it, and throws a `Failure` when the deploy cannot go on. */
export type Step = { title: string; run: () => Promise<string | void> };

/**
 * Runs `steps` in order. At the first that fails, throws a `Failure` that says what was done, what was not, and that
 * `command` continues: each step does nothing that is done already, but for deploying the same code again. The same is
 * true of Ctrl+C, of which `signals` tells. A second one ends the process at once.
 */
export async function runSteps(
  steps: Step[],
  command: string,
  say: (line: string) => void,
  signals: Signals = process,
): Promise<void> {
  const { promise: interrupted, reject } = Promise.withResolvers<never>();
  interrupted.catch(() => undefined);
  const interrupt = () => reject(new Failure('It was interrupted.', 130));
  signals.once('SIGINT', interrupt);
  try {
    await runEach(steps, command, say, interrupted);
  } finally {
    signals.off('SIGINT', interrupt);
  }
}

async function runEach(
  steps: Step[],
  command: string,
  say: (line: string) => void,
  interrupted: Promise<never>,
): Promise<void> {
  for (const [index, { title, run }] of steps.entries()) {
    say(`\n[${index + 1}/${steps.length}] ${title}`);
    try {
      const remark = await Promise.race([interrupted, end(run())]);
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

/** The outcome of `work` a turn later: until then, Node does not hear of a signal that came while it waited for wrangler. */
async function end<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } finally {
    await nextTurn();
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
