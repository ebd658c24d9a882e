import { UsageError } from '../../command.ts';

/** What arguments do to a list of names. */
export type Edit = (names: string[]) => string[];

/** The names in question: their grammar, what one is called, and a sentence for what is none. */
export type NameKind = { grammar: RegExp; noun: string; rule: string };

/** What the arguments do to a list of names; `undefined` when they only ask for it. Throws `UsageError`. */
export function parseEdit(args: string[], isNone: boolean, kind: NameKind): Edit | undefined {
  const { noun } = kind;
  if (isNone && args.length > 0) throw new UsageError(`--none takes no ${noun}s.`);
  if (isNone) return () => [];
  const [first] = args;
  if (first === undefined) return undefined;
  const signed = args.filter((arg) => /^[+-]/.test(arg));
  if (signed.length === 0 && args.length === 1) {
    const all = checkNames(first.split(','), kind);
    return () => all;
  }
  if (signed.length < args.length) {
    const NAME = noun.toUpperCase();
    throw new UsageError(`Give either +${NAME} and -${NAME}, or all ${noun}s in one word, with commas.`);
  }
  const having = (sign: string) => args.filter((arg) => arg.startsWith(sign)).map((arg) => arg.slice(1));
  const added = checkNames(having('+'), kind);
  const removed = checkNames(having('-'), kind);
  if (added.some((name) => removed.includes(name))) throw new UsageError(`A ${noun} is both added and removed.`);
  return (names) => [...new Set([...names, ...added])].filter((name) => !removed.includes(name));
}

/** `names`, if each has the grammar. Throws `UsageError`. */
export function checkNames(names: string[], { grammar, rule }: NameKind): string[] {
  if (names.every((name) => grammar.test(name))) return names;
  throw new UsageError(rule);
}
