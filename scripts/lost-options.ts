/**
 * The options in `usage` that npm has kept for itself, because no `--` stood before them. npm sets `npm_config_NAME` for
 * each, and passes on at most their values.
 */
export function findLostOptions(usage: string, args: string[], env: NodeJS.Dict<string>): string[] {
  // `npm run --silent` is npm's own.
  const named = usage.replaceAll('npm run --silent', '').match(/(?<![\w-])--[a-z][a-z-]*/g) ?? [];
  const isGiven = (option: string) => args.some((arg) => arg === option || arg.startsWith(`${option}=`));
  return Array.from(new Set(named)).filter(
    (option) => !isGiven(option) && (env[`npm_config_${option.slice(2).replaceAll('-', '_')}`] ?? '') !== '',
  );
}
