import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { VITEST } from '../test/vitest.ts';
import { projectOf } from './mutant.ts';

/** `error`: vitest failed, but no test did. `late`: it ran into its time limit. */
export type Outcome = { result: 'passed' | 'failed' | 'error' | 'late'; output: string };

const running = new Set<ChildProcess>();

// Each vitest leads a process group, so that the runtime it starts ends with it.
process.on('exit', () => running.forEach(killGroup));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(1));

/** Runs `tests` in the tree at `folder`, one project after the other, until one does not pass. */
export async function runTests(folder: string, tests: string[], { limitMs }: { limitMs: number }): Promise<Outcome> {
  const projects = Map.groupBy(tests, projectOf);
  for (const [project, files] of projects) {
    const outcome = await runProject(folder, project, files, limitMs);
    if (outcome.result !== 'passed') return outcome;
  }
  return { result: 'passed', output: '' };
}

async function runProject(folder: string, project: string, files: string[], limitMs: number): Promise<Outcome> {
  const report = join(folder, 'report.json');
  rmSync(report, { force: true });
  const flags = ['--project', project, '--bail', '1', '--reporter', 'default', '--reporter', 'json'];
  const child = spawn(process.execPath, [VITEST, 'run', ...flags, `--outputFile.json=${report}`, ...files], {
    cwd: folder,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    killGroup(child);
  }, limitMs);
  await once(child, 'exit');
  clearTimeout(timer);
  running.delete(child);
  if (isLate) return { result: 'late', output };
  if (child.exitCode === 0) return { result: 'passed', output };
  return { result: countFailures(report) > 0 ? 'failed' : 'error', output };
}

function killGroup({ pid }: ChildProcess): void {
  if (pid !== undefined) process.kill(-pid, 'SIGKILL');
}

const reportShape = z.object({ numFailedTests: z.number() });

/** How many tests failed, according to vitest's report. */
function countFailures(report: string): number {
  try {
    return reportShape.parse(JSON.parse(readFileSync(report, 'utf8'))).numFailedTests;
  } catch {
    return 0;
  }
}
