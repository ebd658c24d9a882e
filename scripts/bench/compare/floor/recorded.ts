/** Where an argument of a statement comes from: an input, moved by `plus` if it is a number, or always `value`. */
export type Slot = { input: string; plus?: number } | { value: string | number | null };

/** A statement of the service as SQL, and what it binds in which order. It is plain JSON. */
export type Recorded = { sql: string; slots: Slot[] };

/** What a request puts into a statement, by name. Times are epoch milliseconds. */
export type Inputs = Record<string, string | number>;

/** The arguments that `slots` bind for `inputs`. */
export function argumentsOf({ slots }: Recorded, inputs: Inputs): (string | number | null)[] {
  return slots.map((slot) => {
    if ('value' in slot) return slot.value;
    const input = inputs[slot.input];
    if (input === undefined) throw new TypeError(`the statement needs ${slot.input}`);
    return typeof input === 'number' ? input + (slot.plus ?? 0) : input;
  });
}
