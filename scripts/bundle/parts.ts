import { z } from 'zod';

const metafile = z.object({
  outputs: z.record(z.string(), z.object({ inputs: z.record(z.string(), z.object({ bytesInOutput: z.number() })) })),
});

/** A package or `src`, and how many bytes of the minified bundle come from it. */
export type Part = { name: string; bytes: number };

/** The parts of a bundle, the largest first, from the metafile that esbuild writes about it. */
export function partsOf(written: unknown): Part[] {
  const files = Object.values(metafile.parse(written).outputs).flatMap(({ inputs }) => Object.entries(inputs));
  const byName = Map.groupBy(files, ([file]) => partOf(file));
  const parts = Array.from(byName, ([name, files]) => ({
    name,
    bytes: files.reduce((sum, [, { bytesInOutput }]) => sum + bytesInOutput, 0),
  }));
  return largestFirst(parts.filter(({ bytes }) => bytes > 0));
}

/** `parts` by their size. */
function largestFirst(parts: Part[]): Part[] {
  return parts.toSorted((one, other) => other.bytes - one.bytes);
}

/** `…/node_modules/@scope/name/lib/a.js` is part of `@scope/name`, whatever package it is nested in. */
function partOf(file: string): string {
  const [, name] = /.*\bnode_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file) ?? [];
  return name ?? 'src';
}
