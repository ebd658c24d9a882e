import { EventEmitter } from 'node:events';
import { expect, it } from 'vitest';
import { Failure } from '../../../scripts/command.ts';
import { runSteps } from '../../../scripts/deploy/steps.ts';

it.each([
  ['waits', () => new Promise<string>(() => undefined)],
  ['has just ended', async () => 'Done.'],
  ['fails with it', () => Promise.reject(new Failure('wrangler was ended.'))],
])('says how to go on when Ctrl+C comes while a step %s', async (_, outcome) => {
  const signals = new EventEmitter();
  const ran: string[] = [];
  const steps = ['one', 'two', 'three'].map((title) => ({
    title,
    run: () => {
      ran.push(title);
      if (title === 'two') setImmediate(() => signals.emit('SIGINT'));
      return title === 'two' ? outcome() : Promise.resolve('Done.');
    },
  }));
  const stopped = runSteps(steps, 'npm run deploy', () => undefined, signals);
  await expect(stopped).rejects.toEqual(expect.any(Failure));
  await expect(stopped).rejects.toMatchObject({ exitCode: 130 });
  await expect(stopped).rejects.toThrow(/stopped at step 2, two\.\nIt was interrupted\.[^]*npm run deploy$/);
  expect(ran).toEqual(['one', 'two']);
  expect(signals.listenerCount('SIGINT')).toBe(0);
});
