import { type FileHandle, open, stat } from 'node:fs/promises';
import { Failure } from '../../command.ts';
import { foreignBytes } from './foreign-bytes.ts';

/** A file to read. `head` is the beginning of its text, and `chunks` the whole, once. Close it. */
export type TextFile = { head: string; chunks: AsyncIterable<string>; close: () => Promise<void> };

const CHUNK_BYTES = 262_144;

/** The size of `file` in bytes; `undefined` for a pipe, which can be read once. Throws `Failure` for what is no file. */
export async function sizeOf(file: string): Promise<number | undefined> {
  const found = await stat(file).catch(() => undefined);
  if (found === undefined) throw new Failure(`There is no file ${file}.`, 2);
  if (found.isDirectory()) throw new Failure(`${file} is a folder, not a file.`, 2);
  return found.isFile() ? found.size : undefined;
}

/** Reads all of `file`, which is no pipe, to see that it is UTF-8. Throws `Failure`. */
export async function checkText(file: string): Promise<void> {
  const { chunks, close } = await openText(file);
  try {
    for await (const chunk of chunks) void chunk;
  } finally {
    await close();
  }
}

/** Opens `file`, which is UTF-8 with or without a BOM. Throws `Failure`, also when read. */
export async function openText(file: string, onBytes: (bytes: number) => void = () => {}): Promise<TextFile> {
  const handle = await open(file);
  const texts = decode(handle, file, onBytes);
  const head = await texts.next().then(
    ({ value }) => value ?? '',
    async (error: unknown) => {
      await handle.close();
      throw error;
    },
  );
  async function* all() {
    yield head;
    yield* texts;
  }
  return { head, chunks: all(), close: () => handle.close() };
}

async function* decode(
  handle: FileHandle,
  file: string,
  onBytes: (bytes: number) => void,
): AsyncGenerator<string, undefined> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false });
  let line = 1;
  let isFirst = true;
  const toText = (bytes?: Buffer) => {
    try {
      return decoder.decode(bytes, { stream: bytes !== undefined });
    } catch {
      const words = `${file} is not UTF-8 from about line ${line} on. Save it as UTF-8, for example with iconv.`;
      throw new Failure(words, 2);
    }
  };
  const buffer = Buffer.alloc(CHUNK_BYTES);
  for (;;) {
    const { bytesRead } = await handle.read(buffer, 0, CHUNK_BYTES);
    if (bytesRead === 0) break;
    const bytes = buffer.subarray(0, bytesRead);
    const foreign = isFirst ? foreignBytes(bytes) : undefined;
    if (foreign !== undefined) throw new Failure(`${file} is ${foreign}`, 2);
    isFirst = false;
    const text = toText(bytes);
    onBytes(bytes.length);
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) line += 1;
    // A character may be cut at the end of a chunk.
    if (text !== '') yield text;
  }
  toText();
  if (isFirst) throw new Failure(`${file} is empty.`, 2);
  return undefined;
}
