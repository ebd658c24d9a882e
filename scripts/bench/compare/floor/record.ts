import type { Query } from '../../../../src/store/statement.ts';
import type { Inputs, Recorded, Slot } from './recorded.ts';

type Argument = Query['args'][number];

/**
 * The SQL of the statement that `make` makes, and which argument comes from which input. It finds out by changing one
 * of the `sample` inputs after the other. So the floor runs what the service runs, whatever that is.
 */
export function recordStatement<const I extends Inputs>(sample: I, make: (inputs: I) => Query): Recorded {
  const { sql, args } = make(sample);
  const slots = args.map((value): Slot => ({ value }));
  for (const [input, value] of Object.entries(sample)) {
    const changed = make({ ...sample, [input]: typeof value === 'number' ? value + 7 : `${value}-changed` });
    if (changed.sql !== sql) throw new TypeError(`the SQL depends on ${input}`);
    for (const [i, argument] of args.entries()) {
      if (changed.args[i] !== argument) slots[i] = slotOf(input, value, argument);
    }
  }
  return { sql, slots };
}

function slotOf(input: string, value: string | number, argument: Argument): Slot {
  return typeof value === 'number' && typeof argument === 'number' ? { input, plus: argument - value } : { input };
}
