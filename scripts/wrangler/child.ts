// Runs wrangler for a parent with a channel to it, and ends with that. Without arguments, it takes those that the parent sends:
// on the command line, other users of the machine could see them.
import { ChildProcess } from 'node:child_process';
import { subscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { runMain } from 'node:module';
import { z } from 'zod';
import { WRANGLER } from './cli.ts';

// wrangler ends what it has started when this process exits.
process.once('disconnect', () => process.exit());

// The parent ends it when this process is killed.
subscribe('child_process', (message) => {
  const child = typeof message === 'object' && message !== null && 'process' in message ? message.process : undefined;
  if (!(child instanceof ChildProcess)) return;
  child.once('spawn', () => process.send?.({ started: child.pid }));
  child.once('exit', () => process.send?.({ ended: child.pid }));
});

const sent = z.tuple([z.array(z.string())]).rest(z.unknown());
const given = process.argv.slice(2);
const args = given.length > 0 ? given : sent.parse(await once(process, 'message'))[0];
process.argv = [process.execPath, WRANGLER, ...args];
runMain();
