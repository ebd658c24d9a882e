// node scripts/run.js NAME [arguments]: runs the command in NAME.ts, a file in this folder. npm scripts call it.
// It is plain JavaScript, so that an old Node can run it and say what is wrong.
import module from 'node:module';
import { fileURLToPath } from 'node:url';
import process from 'node:process';

const [, , name, ...args] = process.argv;

if (process.features.typescript) {
  process.exitCode = await run();
} else {
  console.error(`Latchkey's scripts need Node 22.18 or newer, and this is Node ${process.versions.node}.

\`npm ci\` installs a newer one for them, but only if it may run install scripts. Either
  - run \`npm ci\` again, without --ignore-scripts, and not with another package manager; or
  - install Node 24 yourself, see https://nodejs.org.`);
  process.exitCode = 1;
}

async function run() {
  // Scripts start faster from code that an earlier start has compiled.
  module.enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/node', import.meta.url)));
  try {
    const { isScript, runCommand } = await import('./command.ts');
    /** @type {unknown} */
    const script = await import(`./${name}.ts`);
    if (!isScript(script)) throw new TypeError(`${name}.ts exports no command`);
    return await runCommand(script.command, args);
  } catch (error) {
    if (!isPackageMissing(error)) throw error;
    console.error('A package is not installed. Run `npm ci` first.');
    return 1;
  }
}

/** @param {unknown} error */
function isPackageMissing(error) {
  return (
    error instanceof Error &&
    'code' in error &&
    error.code === 'ERR_MODULE_NOT_FOUND' &&
    /package '/.test(error.message)
  );
}
