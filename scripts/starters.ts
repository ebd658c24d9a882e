import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import process from 'node:process';

const SHELLS = new Set(['sh', 'bash', 'dash', 'ash', 'zsh']);

/**
 * The processes without which this one should not run: its parent; npm, when the parent is the shell of an npm script; and the script
 * that started npm, when it says so in `LATCHKEY_STARTER`.
 */
export function findStarters(): number[] {
  const { npm_lifecycle_event: npmScript, LATCHKEY_STARTER: starter } = process.env;
  const { name, parent: grandparent } = lookUp(process.ppid);
  const isOfNpm = npmScript !== undefined && SHELLS.has(name);
  return [process.ppid, isOfNpm ? grandparent : 0, Number(starter ?? 0)].filter((pid) => pid > 1);
}

/** Whether a process still runs. One that has ended, and whose parent has not noticed, does not. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
  return process.platform !== 'linux' || readStat(pid).state !== 'Z';
}

/** The name of a process and the id of its parent; on Windows, where nothing quick tells, neither. */
function lookUp(pid: number): { name: string; parent: number } {
  if (process.platform === 'win32') return { name: '', parent: 0 };
  if (process.platform === 'linux') return readStat(pid);
  const { stdout } = spawnSync('ps', ['-o', 'ppid=,comm=', '-p', String(pid)], { encoding: 'utf8' });
  const [, parent = '0', command = ''] = /^\s*(\d+)\s+-?(.+?)\s*$/.exec(stdout ?? '') ?? [];
  return { name: basename(command), parent: Number(parent) };
}

/** proc(5): the name stands in parentheses and may hold any character. */
function readStat(pid: number) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [, name = '', state = '', parent = '0'] = /^\d+ \((.*)\) (\S) (\d+) /s.exec(stat) ?? [];
    return { name, state, parent: Number(parent) };
  } catch {
    return { name: '', state: 'Z', parent: 0 };
  }
}
