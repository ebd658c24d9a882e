import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { Failure } from '../../command.ts';
import { operations } from '../compare/operations.ts';

const times = z.partialRecord(z.enum(operations), z.number().positive());
const cpuTimes = z.object({ from: z.string(), latchkey: times, betterAuth: times });

/** CPU time that a request takes in the Worker's isolate, in milliseconds, and where the numbers are from. */
export type CpuTimes = z.infer<typeof cpuTimes>;

/** Reads the CPU times in the JSON file `path`. */
export function readCpuTimes(path: string): CpuTimes {
  const { success, data } = cpuTimes.safeParse(JSON.parse(readFileSync(path, 'utf8')));
  if (!success) throw new Failure(`${path} does not hold CPU times as this command writes them.`);
  return data;
}
