// npm run test:browser: opens the pages of the service in Chromium.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Command, Failure, parseCommandLine, UsageError } from '../command.ts';
import { type Started, stopAll } from '../harness/process.ts';
import { startService } from '../harness/service.ts';
import { findAll } from '../peers/programs.ts';
import type { BrowserTest, Surroundings } from './test-case.ts';
import { launchChromium } from './chromium.ts';
import { browserTests } from './tests.ts';

export const command: Command = {
  usage: `npm run test:browser -- [--only WORDS]

Starts the service on a free port and an empty database, and opens its pages in Chromium. With --only, runs only the
tests whose title contains WORDS. Says so when Chromium is not installed, and fails then if CI=true.`,

  run: async (args) => {
    const { values, positionals } = parseCommandLine(args, { only: { type: 'string' } });
    if (positionals.length > 0) throw new UsageError('This command takes options only.');
    const tests = browserTests.filter(({ title }) => title.includes(values.only ?? ''));
    if (tests.length === 0) throw new Failure('No test has these words in its title.');
    const program = findAll('the tests in Chromium', ['chromium']);
    if (program === undefined) return 0;
    const state = mkdtempSync(join(tmpdir(), 'latchkey-browser-'));
    const browser = await launchChromium(program);
    try {
      const { url, output } = await startService({ state, isQuiet: true });
      const startAnother = (...flags: string[]) =>
        startService({ state: mkdtempSync(join(state, 'another-')), isQuiet: true }, ...flags);
      const onLibsql = startOnce(join(state, 'libsql'));
      const failed = await runAll(tests, { browser, url, output, state, startAnother, onLibsql });
      return failed === 0 ? 0 : 1;
    } finally {
      await browser.close();
      await stopAll();
      rmSync(state, { recursive: true, force: true, maxRetries: 10 });
    }
  },
};

/** Starts the service on libSQL when a test wants it first. */
function startOnce(state: string): Surroundings['onLibsql'] {
  let started: Promise<Started> | undefined;
  return () => (started ??= startService({ state, script: 'dev:turso', isQuiet: true }));
}

/** Runs `tests` one after the other, prints how each went, and returns how many failed. */
async function runAll(tests: BrowserTest[], surroundings: Surroundings): Promise<number> {
  let failed = 0;
  for (const { title, run } of tests) {
    try {
      await run(surroundings);
      console.log(`ok: ${title}`);
    } catch (error) {
      failed += 1;
      console.error(`FAILED: ${title}`, error);
    }
  }
  console.log(`${tests.length - failed} passed, ${failed} failed`);
  return failed;
}
