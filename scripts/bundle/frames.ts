// npm run frames: says which lines of the source the stacks in the log mean.
import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { type Command, Failure, refuseArguments } from '../command.ts';
import { nameOriginals } from './original.ts';

const MAP = 'dist/index.js.map';

export const command: Command = {
  usage: `npm run frames < LINES

Reads lines of the log, and writes them with files, lines and columns of the source in their stacks. Check out the
commit that was deployed, and run \`npm ci && npm run build\` before: this reads ${MAP}.`,

  run: async (args) => {
    refuseArguments(args);
    const map: unknown = JSON.parse(readMap());
    process.stdout.write(nameOriginals(await text(process.stdin), map));
  },
};

function readMap(): string {
  try {
    return readFileSync(MAP, 'utf8');
  } catch {
    throw new Failure(`${MAP} cannot be read. Run \`npm run build\` first.`);
  }
}
