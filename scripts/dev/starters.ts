import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import process from 'node:process';

const SHELLS = new Set(['sh', 'bash', 'dash', 'ash', 'zsh']);

/** The name of a process, its parent and its process group. */
type Entry = { name: string; parent: number; group: number };

/**
 * The processes that this one should end with: its parent; npm, when npm started the script; and the script that
 * started npm, when it names itself in `LATCHKEY_STARTER`. `undefined` when npm started the script and has already
 * ended.
 */
export function findStarters(): number[] | undefined {
  const { npm_lifecycle_event: npmScript, LATCHKEY_STARTER: starter = '0' } = process.env;
  const { group } = lookUp(process.pid);
  const parent = lookUp(process.ppid);
  // npm starts scripts in its own process group. A terminal may inherit npm's variable, but gives each command its own
  // group.
  const isOfNpm = npmScript !== undefined && group !== process.pid;
  const npm = SHELLS.has(parent.name) ? parent.parent : process.ppid;
  if (isOfNpm && !isNpm(npm, group)) return undefined;
  return [process.ppid, isOfNpm ? npm : 0, Number(starter)].filter((pid) => pid > 1);
}

/**
 * Whether `pid` is npm, and not the process that adopted the children of an npm that has ended. That one is in another
 * group: process 1 or, on a desktop, the user's systemd. In a container, process 1 may be npm itself, or a shell in the
 * same group.
 */
function isNpm(pid: number, group: number): boolean {
  const found = lookUp(pid);
  return found.group === group && !(pid === 1 && SHELLS.has(found.name));
}

/** Whether a process still runs. A zombie, which its parent has not reaped yet, does not. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
  return process.platform !== 'linux' || readStat(pid).state !== 'Z';
}

/** The entry is empty on Windows, where looking is slow, and for a process that has ended. */
function lookUp(pid: number): Entry {
  if (process.platform === 'win32') return { name: '', parent: 0, group: 0 };
  if (process.platform === 'linux') return readStat(pid);
  const { stdout } = spawnSync('ps', ['-o', 'ppid=,pgid=,comm=', '-p', String(pid)], { encoding: 'utf8' });
  const [, parent = '0', group = '0', command = ''] = /^\s*(\d+)\s+(\d+)\s+-?(.+?)\s*$/.exec(stdout ?? '') ?? [];
  return { name: basename(command), parent: Number(parent), group: Number(group) };
}

/** The name is in parentheses and may contain any character (proc(5)). */
function readStat(pid: number): Entry & { state: string } {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [, name = '', state = '', parent, group] = /^\d+ \((.*)\) (\S) (\d+) (\d+) /s.exec(stat) ?? [];
    return { name, state, parent: Number(parent), group: Number(group) };
  } catch {
    return { name: '', state: 'Z', parent: 0, group: 0 };
  }
}
