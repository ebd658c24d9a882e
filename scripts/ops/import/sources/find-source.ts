import { UsageError } from '../../../command.ts';
import { findNearest } from '../../../nearest.ts';
import type { Source } from './source.ts';
import { sources } from './sources.ts';

/** The source that `--from` names. Throws `UsageError`. */
export function findSource(name: string): Source {
  const source = Object.hasOwn(sources, name) ? sources[name] : undefined;
  if (source !== undefined) return source;
  const nearest = findNearest(name, Object.keys(sources));
  const hint = nearest === undefined ? `It takes ${Object.keys(sources).join(', ')}.` : `Did you mean ${nearest}?`;
  throw new UsageError(`--from takes no such name. ${hint}`);
}
