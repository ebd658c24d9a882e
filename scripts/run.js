// node scripts/run.js NAME [arguments]: runs NAME.ts in this folder, if this Node can. For npm scripts.
// Plain JavaScript, which an old Node can read as well.
import process from 'node:process';

const [, , name, ...args] = process.argv;

if (process.features.typescript) {
  process.argv = [process.execPath, String(name), ...args];
  await import(`./${name}.ts`);
} else {
  console.error(`Latchkey's scripts need Node 22.18 or newer, and this is Node ${process.versions.node}.

\`npm ci\` installs a newer one for them, but only if it may run install scripts. Either
  - run \`npm ci\` again, without --ignore-scripts, and not with another package manager; or
  - install Node 24 yourself, see https://nodejs.org.`);
  process.exitCode = 1;
}
