// Runs wrangler for a parent with an IPC channel to it, and ends with the parent. Without arguments, it uses those that
// the parent sends: other users of the machine could see secrets on the command line.
import { ChildProcess } from 'node:child_process';
import { subscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { enableCompileCache, runMain } from 'node:module';
import { COMPILE_CACHE, WRANGLER } from './cli.ts';

// When this process exits, wrangler ends what it started. Wrangler also disconnects when it fails, just before it exits
// by itself, with the exit code of the failure.
process.once('disconnect', () => setTimeout(() => process.exit(), 1000).unref());

// If this process is killed, the parent ends what it started.
subscribe('child_process', (message) => {
  const child = typeof message === 'object' && message !== null && 'process' in message ? message.process : undefined;
  if (!(child instanceof ChildProcess)) return;
  child.once('spawn', () => tell({ started: child.pid }));
  child.once('exit', () => tell({ ended: child.pid }));
});

/** The parent may have gone. */
function tell(message: object): void {
  process.send?.(message, undefined, undefined, () => undefined);
}

const given = process.argv.slice(2);
const args = given.length > 0 ? given : await receiveArgs();
process.argv = [process.execPath, WRANGLER, ...args];
// wrangler is 20 MB of code.
enableCompileCache(COMPILE_CACHE);
runMain();

async function receiveArgs(): Promise<string[]> {
  const messages: unknown[] = await once(process, 'message');
  const sent = messages[0];
  if (Array.isArray(sent) && sent.every((arg) => typeof arg === 'string')) return sent;
  throw new TypeError('The parent sent something else than arguments.');
}
