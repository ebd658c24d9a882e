import { UsageError } from '../../command.ts';

/** The whole number in the option `--name`, or `otherwise`. Throws `UsageError`. */
export function parseNumber(name: string, text: string | undefined, otherwise: number, least = 1): number {
  if (text === undefined) return otherwise;
  const number = Number(text);
  if (/^\d{1,6}$/.test(text) && number >= least) return number;
  throw new UsageError(`--${name} takes a number from ${least} to 999999.`);
}
