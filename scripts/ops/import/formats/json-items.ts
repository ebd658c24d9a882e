import { CUT_OFF, type Item, TOO_LONG, MAX_RECORD_LENGTH } from './item.ts';
import { parseObject } from './ndjson.ts';
import { createWindow, type TextWindow } from './text-window.ts';

/**
 * The objects in the array that `chunks` is, or in those arrays of the object that it is which `tables` names. Holds one
 * object at a time.
 */
export async function* readJsonItems(chunks: AsyncIterable<string>, tables: string[]): AsyncGenerator<Item> {
  const window = createWindow(chunks);
  const first = await peekSign(window);
  if (first === '[') yield* readArray(window, 'object');
  else if (first === '{') yield* readFields(window, tables);
  else yield broken(window);
}

async function* readFields(window: TextWindow, tables: string[]): AsyncGenerator<Item> {
  window.use(1);
  for (;;) {
    const sign = await peekSign(window);
    if (sign === '}') return;
    const key = sign === '"' ? parseKey((await takeValue(window)).text) : undefined;
    if (key === undefined || (await peekSign(window)) !== ':') break;
    window.use(1);
    const isList = (await peekSign(window)) === '[';
    if (isList && tables.includes(key.toLowerCase())) yield* readArray(window, key);
    else if (!(await takeValue(window)).isWhole) break;
  }
  yield broken(window);
}

async function* readArray(window: TextWindow, name: string): AsyncGenerator<Item> {
  window.use(1);
  const noun = name.replace(/s$/, '');
  const table = name === 'object' ? {} : { table: name.toLowerCase() };
  for (let number = 1; (await peekSign(window)) === '{'; number += 1) {
    const { text, isWhole } = await takeValue(window);
    const place = `${noun} ${number}`;
    if (!isWhole) yield { place, fault: CUT_OFF };
    else yield { place, ...table, ...(text === undefined ? { fault: TOO_LONG } : parseObject(text)) };
  }
  if ((await peekSign(window)) === ']') window.use(1);
  else if ((await window.peek()) !== '') yield broken(window);
}

const broken = (window: TextWindow): Item => ({
  place: `line ${window.line}`,
  fault: 'The JSON is broken or cut off here. What comes after it was not read.',
});

/** The next character that is neither space nor comma, not used. Empty at the end. */
async function peekSign(window: TextWindow): Promise<string> {
  await window.before(/[^\s,]/g);
  return window.peek();
}

function parseKey(text = ''): string | undefined {
  try {
    return String(JSON.parse(text));
  } catch {
    return undefined;
  }
}

const IN_STRING = /["\\]/g;
const OUTSIDE = /["{}[\]]/g;
const IN_SCALAR = /[\s,}\]]/g;

/** Uses the next value. `text` is `undefined` when it is too long to hold; `isWhole` says whether it ends. */
async function takeValue(window: TextWindow): Promise<{ text: string | undefined; isWhole: boolean }> {
  let text = '';
  let isTooLong = false;
  let depth = 0;
  let isInString = false;
  const add = (part: string) => {
    isTooLong ||= text.length + part.length > MAX_RECORD_LENGTH;
    text = isTooLong ? '' : text + part;
  };
  if (!'{["'.includes(await window.peek())) {
    const scalar = await window.before(IN_SCALAR);
    return { text: scalar, isWhole: scalar !== '' };
  }
  for (;;) {
    // What is between two signs may be longer than what is held.
    const before = await window.before(isInString ? IN_STRING : OUTSIDE);
    const sign = await window.peek();
    if (before === undefined) isTooLong = true;
    add(before ?? '');
    if (sign === '') return { text: undefined, isWhole: false };
    add(window.use(1));
    if (sign === '\\') add(((await window.peek()) && window.use(1)) || '');
    else if (sign === '"') isInString = !isInString;
    else depth += '{['.includes(sign) ? 1 : -1;
    if (depth === 0 && !isInString) return { text: isTooLong ? undefined : text, isWhole: true };
  }
}
