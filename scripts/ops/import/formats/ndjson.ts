import { z } from 'zod';
import { type Item, TOO_LONG } from './item.ts';
import { takeLine } from './lines.ts';
import { createWindow } from './text-window.ts';

/** The objects of `chunks`, one a line. Empty lines do not count. */
export async function* readNdjson(chunks: AsyncIterable<string>): AsyncGenerator<Item> {
  const window = createWindow(chunks);
  for (let line = await takeLine(window); line !== undefined; line = await takeLine(window)) {
    const { text, number, isEnded } = line;
    const place = `line ${number}`;
    if (text === undefined) yield { place, fault: TOO_LONG };
    else if (text.trim() !== '') yield { place, ...parseObject(text, isEnded) };
  }
}

const object = z.record(z.string(), z.unknown());

/** `text` as an object of JSON, or what is wrong with it. */
export function parseObject(text: string, isWhole = true): { record: z.infer<typeof object> } | { fault: string } {
  try {
    const { data } = object.safeParse(JSON.parse(text));
    return data === undefined ? { fault: 'This is not a JSON object.' } : { record: data };
  } catch {
    return { fault: isWhole ? 'This is not JSON.' : 'This is not JSON. Is the file cut off?' };
  }
}
