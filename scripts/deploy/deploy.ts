// npm run deploy: the doctor, a dry run, the migrations, the code, and /ready, in the right order.
import { statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Command, Failure, parseCommandLine, runCommand, UsageError } from '../command.ts';
import { wordsOf } from '../secrets/unreadable.ts';
import { runWrangler } from '../wrangler/run.ts';
import { changes, checks, describePlan, type Outside } from './plan.ts';
import { runSteps } from './steps.ts';

/** Makes the command with what it needs of the outside; tests put stand-ins in their places. */
export function deployWith(outside: Outside): Command {
  return {
    usage: `npm run deploy -- [--env NAME] [--secrets-file FILE] [--config FILE] [--dry-run]

Deploys the service: asks the doctor, bundles the code, applies the migrations before or after the code as each says,
deploys the code, and asks /ready. Stops at the first problem, and says how to go on.
  --env NAME           an environment of the configuration: [env.NAME]
  --secrets-file FILE  the secrets, as for \`wrangler deploy --secrets-file\`: for the first deploy, and to change them
  --config FILE        the configuration file, instead of wrangler.toml
  --dry-run            asks the doctor and bundles the code, then shows what would follow; changes nothing`,

    run: async (args) => {
      const { values, positionals } = parseCommandLine(args, {
        env: { type: 'string', short: 'e' },
        'secrets-file': { type: 'string' },
        config: { type: 'string', short: 'c', default: 'wrangler.toml' },
        'dry-run': { type: 'boolean', default: false },
      });
      if (positionals.length > 0) throw new UsageError('This command takes options only.');
      const { env, config, 'secrets-file': secretsFile } = values;
      if (secretsFile !== undefined) requireFile(secretsFile);
      // Imported late, because it loads wrangler, which takes a second.
      const { findDeployment } = await import('./deployment.ts');
      const deployment = attempt(() => findDeployment({ config, env }, secretsFile, outside.wrangler));
      const before = checks(deployment, outside);
      const after = changes(deployment, outside);
      const command = ['npm run deploy', ...(args.length > 0 ? ['--', ...args.map(quote)] : [])].join(' ');
      const say = (line: string) => console.log(line);
      await runSteps(values['dry-run'] ? before : [...before, ...after], command, say);
      if (values['dry-run']) console.log(describePlan(after, deployment.migrations));
    },
  };
}

export const command = deployWith({
  wrangler: runWrangler,
  examine: async (args) => runCommand((await import('../ops/doctor.ts')).command, args),
  fetch: (...args) => fetch(...args),
  sleep,
});

/** The doctor and wrangler both read the file, which a pipe would not allow. A wrong name may be a secret, so it is not shown. */
function requireFile(file: string): void {
  if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true)
    throw new Failure('The file of secrets does not exist, or is not a regular file.', 2);
}

function attempt<T>(find: () => T): T {
  try {
    return find();
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure(`The configuration ${wordsOf(error)}.\nNothing was deployed.`, 2);
  }
}

/** `arg` as a shell reads it. */
const quote = (arg: string) => (/^[\w./:=-]+$/.test(arg) ? arg : `'${arg.replaceAll("'", `'\\''`)}'`);
