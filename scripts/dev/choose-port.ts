import { Failure, UsageError } from '../command.ts';
import { type Other, withOthers } from './others.ts';
import { findFreePort, isFree } from './ports.ts';

/** Where the service listens, unless something else does. */
export const FIRST_PORT = 8787;

/** The port in `asked`, which must be free; without it, the first free one. */
export async function choosePort(asked: string | undefined, others: Other[]): Promise<number> {
  if (asked === undefined) return findFreePort(FIRST_PORT);
  const port = Number(asked);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new UsageError('A port is a number from 1 to 65535.');
  if (await isFree(port)) return port;
  const inUse = new Failure(`Port ${port} is in use. Choose another one with --port PORT, or leave that out.`);
  throw withOthers(inUse, others);
}
