import { readFileSync, readdirSync } from 'node:fs';

/** Linux counts processor time in hundredths of a second, on every machine that Node runs on. */
const MICROSECONDS_PER_TICK = 10_000;

/** What /proc says of a process: the file name of its program, its parent, and its processor time in microseconds. */
export type ProcessState = { program: string; parent: number; cpuMicroseconds: number };

/** The state in `stat`, the text of /proc/PID/stat (proc(5)). The program may contain spaces and brackets. */
export function parseStat(stat: string): ProcessState {
  const end = stat.lastIndexOf(')');
  const program = stat.slice(stat.indexOf('(') + 1, end);
  const fields = stat.slice(end + 2).split(' ');
  const [parent, user, system] = [fields[1], fields[11], fields[12]].map(Number);
  if (parent === undefined || user === undefined || system === undefined || Number.isNaN(parent + user + system)) {
    throw new TypeError('this is not the stat of a process');
  }
  return { program, parent, cpuMicroseconds: (user + system) * MICROSECONDS_PER_TICK };
}

/** The processor time that the process `pid` has used since it began, user and system, in microseconds. */
export function cpuOf(pid: number): number {
  return parseStat(readFileSync(`/proc/${pid}/stat`, 'utf8')).cpuMicroseconds;
}

/** The ids of the children of the process `parent` that run `program`. */
export function childrenOf(parent: number, program: string): number[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.map(Number).filter((pid) => {
    try {
      const state = parseStat(readFileSync(`/proc/${pid}/stat`, 'utf8'));
      return state.parent === parent && state.program === program;
    } catch {
      // It ended meanwhile.
      return false;
    }
  });
}
