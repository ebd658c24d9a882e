import { Failure } from '../../command.ts';
import { detectFormat, type Format, FORMAT_NAMES, readRecords } from './formats/detect.ts';
import type { Item } from './formats/item.ts';
import { checkText, openText, sizeOf } from './open-text.ts';
import { type Convert, RowFault, type Source, type User } from './sources/source.ts';

/** A row of a file: a user, or why it is none. */
export type Row = { place: string; user: User } | { place: string; fault: string };

/** So many unreadable records at the beginning make a file one of something else. */
const MAX_EARLY_FAULTS = 100;

/**
 * The rows of `files`, which `source` wrote, and their size in bytes. Before the first row, it has seen that each file is
 * UTF-8 and of this source. `onBytes` hears how many bytes were read. Throws `Failure`.
 */
export async function openUsers(files: string[], source: Source, onBytes: (bytes: number) => void, now = new Date()) {
  const sizes = await Promise.all(files.map(sizeOf));
  const isPipe = (index: number) => sizes[index] === undefined;
  if (source.readsTwice === true && files.some((_, index) => isPipe(index)))
    throw new Failure('A pipe can be read once, and this takes two times. Give files.', 2);
  for (const [index, file] of files.entries()) {
    if (isPipe(index)) continue;
    await checkText(file);
    for await (const item of readItems(file, source)) if ('record' in item) break;
  }
  const placeIn = (file: string, place: string) => (files.length === 1 ? place : `${file} ${place}`);
  const convert = await source.start(() => readAll(files, source), now);

  async function* rows(): AsyncGenerator<Row> {
    let users = 0;
    for (const file of files) {
      for await (const item of readItems(file, source, onBytes)) {
        const row = toRow(item, convert);
        if (row === undefined) continue;
        users += 1;
        yield { ...row, place: placeIn(file, row.place) };
      }
    }
    if (users === 0) throw new Failure(`There is no user in ${files.join(', ')}.`, 2);
  }
  return { rows: rows(), bytes: sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0) };
}

async function* readAll(files: string[], source: Source): AsyncGenerator<Item> {
  for (const file of files) yield* readItems(file, source);
}

/** The records of `file`. Throws `Failure` when the first is not of `source`. */
async function* readItems(file: string, source: Source, onBytes?: (bytes: number) => void): AsyncGenerator<Item> {
  const text = await openText(file, onBytes);
  const isNot = (why: string) =>
    new Failure([`${file} is not ${source.what}: ${why}.`, source.advice ?? ''].join(' ').trimEnd(), 2);
  try {
    const format = detectFormat(text.head, source.formats);
    if (format === undefined) throw isNot(`it is not ${namesOf(source.formats)}`);
    let early: Item[] | undefined = [];
    for await (const item of readRecords(text, format, source.tables)) {
      if (early !== undefined && 'fault' in item && early.length < MAX_EARLY_FAULTS) {
        early.push(item);
        continue;
      }
      if (early !== undefined) {
        const lack = 'fault' in item ? reasonOf(early, source) : source.lacks(item.record);
        if (lack !== undefined) throw isNot(lack);
        yield* early;
        early = undefined;
      }
      yield item;
    }
    if (early !== undefined) throw isNot(reasonOf(early, source));
  } finally {
    await text.close();
  }
}

const namesOf = (formats: Format[]) => formats.map((format) => FORMAT_NAMES[format]).join(' or ');

/** Why a file is of something else that has no record which could be read. */
function reasonOf([first]: Item[], { tables: [table] }: Source): string {
  if (first !== undefined && 'fault' in first) return `${first.place}: ${first.fault.replace(/\.$/, '')}`;
  return table === undefined ? 'it has no records' : `it has no rows of ${table.name}`;
}

function toRow(item: Item, convert: Convert): Row | undefined {
  if ('fault' in item) return item;
  try {
    const user = convert(item.record);
    return user === undefined ? undefined : { place: item.place, user };
  } catch (error) {
    if (!(error instanceof RowFault)) throw error;
    return { place: item.place, fault: error.message };
  }
}
