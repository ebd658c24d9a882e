import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { z } from 'zod';
import { CUT_OFF, type Item, MAX_RECORD_LENGTH, TOO_LONG } from './item.ts';

const row = z.object({ record: z.array(z.string()), raw: z.string() });

/**
 * The rows of `chunks`, which begins with `head`, by the names in its first row. The separator is a comma, a semicolon or
 * a tab, whichever the first row has most of. Line ends may be mixed, and stand within quotes.
 */
export async function* readCsv(chunks: AsyncIterable<string>, head: string): AsyncGenerator<Item> {
  let failure: { isCutOff: boolean; after: number } | undefined;
  const parser = parse({
    delimiter: findDelimiter(head),
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: MAX_RECORD_LENGTH,
    raw: true,
    // An error of the stream would lose the rows before it, which nobody has read yet.
    skip_records_with_error: true,
    on_skip: (error) => {
      failure ??= { isCutOff: error?.code === 'CSV_QUOTE_NOT_CLOSED', after: parser.info.records };
    },
  });
  async function* whole() {
    for await (const chunk of chunks) {
      if (failure !== undefined) return;
      yield chunk;
    }
  }
  const source = Readable.from(whole());
  source.once('error', (error) => parser.destroy(error));
  source.pipe(parser);
  let line = 1;
  let rows = 0;
  let names: string[] | undefined;
  try {
    for await (const value of parser) {
      if (rows === failure?.after) break;
      rows += 1;
      const { record, raw } = row.parse(value);
      // The parser leaves the empty lines before a row in its raw text, and the LF of a CR LF at its end out.
      const place = `line ${line + countLines(/^[\r\n]*/.exec(raw)?.[0] ?? '')}`;
      line += countLines(raw);
      if (names === undefined) names = record.map((name) => name.trim());
      else if (record.length === names.length) yield { place, record: fieldsOf(names, record) };
      else yield { place, fault: `This has ${record.length} values for ${names.length} columns.` };
    }
    if (failure !== undefined) yield { place: `line ${line}`, fault: failure.isCutOff ? OPEN : TOO_LONG_TO_GO_ON };
  } finally {
    source.destroy();
  }
}

const OPEN = `A quote is not closed. ${CUT_OFF}`;
const TOO_LONG_TO_GO_ON = `${TOO_LONG} Is a quote not closed? What comes after it was not read.`;

const countLines = (text: string) => text.match(/\r\n|\r|\n/g)?.length ?? 0;

const fieldsOf = (names: string[], values: string[]) =>
  Object.fromEntries(names.map((name, index) => [name, values[index] ?? '']));

function findDelimiter(head: string): string {
  const [first = ''] = head.split(/[\r\n]/, 1);
  const counts = [',', ';', '\t'].map((sign) => ({ sign, count: first.split(sign).length }));
  return counts.toSorted((one, other) => other.count - one.count)[0]?.sign ?? ',';
}
