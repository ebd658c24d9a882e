import { type CpuProfile, selfTimes } from './isolate-time.ts';

/** A function, where it is, and its microseconds: its own, and those of what it called until it first waited. */
export type HotFunction = { name: string; place: string; self: number; total: number };

/**
 * The functions of `profile` that took any time, the longest first, and the microseconds of each package. `placeOf`
 * tells the source file of a line of a script.
 */
export function findHotFunctions(profile: CpuProfile, placeOf: (url: string, line: number) => string) {
  const self = selfTimes(profile);
  const functions = new Map<string, HotFunction>();
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
  const walk = (id: number, callers: Set<HotFunction>): number => {
    const node = nodes.get(id);
    if (node === undefined) return 0;
    const { functionName, url, lineNumber } = node.callFrame;
    const place = placeOf(url, lineNumber);
    const key = `${place} ${functionName} ${lineNumber}`;
    const name = functionName === '' ? `(line ${lineNumber + 1})` : functionName;
    const found = functions.get(key) ?? { name, place, self: 0, total: 0 };
    functions.set(key, found);
    const own = self.get(id) ?? 0;
    const called = (node.children ?? []).reduce((sum, child) => sum + walk(child, new Set([...callers, found])), 0);
    found.self += own;
    // A function that calls itself counts once.
    if (!callers.has(found)) found.total += own + called;
    return own + called;
  };
  const [root] = profile.nodes;
  if (root !== undefined) walk(root.id, new Set());
  const hot = [...functions.values()].filter(({ total }) => total > 0).toSorted((a, b) => b.self - a.self);
  return { functions: hot, packages: sumByPackage(hot) };
}

function sumByPackage(functions: HotFunction[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { place, self } of functions) {
    const name = packageOf(place);
    sums.set(name, (sums.get(name) ?? 0) + self);
  }
  return new Map([...sums].toSorted(([, a], [, b]) => b - a));
}

/** The package of a source file, or the first folders of one of ours. */
export function packageOf(path: string): string {
  const [, installed] = /(?:.*\/)?node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path) ?? [];
  if (installed !== undefined) return installed;
  return /^(?:\.\.\/)*(src\/[^/]+)\//.exec(path)?.[1] ?? path;
}

/**
 * Tells the source file of a line of `script`, a bundle with the comments in which esbuild names the source of what
 * follows. Scripts of the runtime have no such lines, and are named by their URL.
 */
export function sourcesOf(script: string): (url: string, line: number) => string {
  const marks = script.split('\n').flatMap((text, line) => {
    const [, path] = /^\/\/ ((?:\.\.\/)*(?:src|node_modules|scripts)\/\S+|\S+\.[cm]?[jt]s)$/.exec(text) ?? [];
    return path === undefined ? [] : [{ line, path }];
  });
  return (url, line) => {
    if (!url.endsWith('.js')) return url === '' ? '(native)' : url;
    return marks.findLast((mark) => mark.line <= line)?.path ?? url;
  };
}
