import { SourceMap } from 'node:module';
import { z } from 'zod';

/** A source map as esbuild writes it. */
const sourceMap = z.object({
  version: z.literal(3),
  file: z.string().default('index.js'),
  sourceRoot: z.string().default(''),
  sources: z.array(z.string()),
  sourcesContent: z.array(z.string()).default([]),
  names: z.array(z.string()),
  mappings: z.string(),
});

/** A place in the bundle, as a frame of a stack names it: `at t (index.js:3:1234)`. */
const PLACE = /\bindex\.js:(\d+):(\d+)/g;

/**
 * Replaces every place in the bundle that `text` names by the file, line and column of the source that it was made
 * from. Keeps a place that `map`, the parsed JSON of a source map, does not know.
 */
export function nameOriginals(text: string, map: unknown): string {
  const entries = new SourceMap(sourceMap.parse(map));
  return text.replaceAll(PLACE, (place, line, column) => {
    const found = entries.findEntry(Number(line) - 1, Number(column) - 1);
    if (!('originalSource' in found) || found.generatedLine !== Number(line) - 1) return place;
    const { originalSource, originalLine, originalColumn } = found;
    return `${originalSource.replace(/^(\.\.\/)+/, '')}:${originalLine + 1}:${originalColumn + 1}`;
  });
}
