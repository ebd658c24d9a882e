import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../../command.ts';
import { type Results, results } from '../compare/results.ts';

/**
 * The figures of the run that the documentation is about. Its pages, and the CPU times of the costs, follow from it.
 */
const FIGURES = join(import.meta.dirname, 'figures.json');

/** The figures that `npm run bench -- --json` has written to `file`. */
export function readFigures(file = FIGURES): Results {
  const { success, data } = results.safeParse(parse(readFileSync(file, 'utf8')));
  if (!success) throw new Failure(`${file} does not hold the figures of this bench.`);
  return data;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Makes `found` the run that the documentation is about. Returns it as it is kept, with five digits a number. */
export function keepFigures(found: Results): Results {
  const text = JSON.stringify(found, (_, value: unknown) => (typeof value === 'number' ? round(value) : value));
  writeFileSync(FIGURES, `${text.replaceAll('{"name"', '\n{"name"')}\n`);
  return readFigures();
}

const round = (value: number) => (Number.isInteger(value) ? value : Number(value.toPrecision(5)));
