import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { scripts } from '../../package.json';

const files = globSync('scripts/**/*.ts').map((file) => file.replaceAll('\\', '/'));
const read = (file: string) => readFileSync(file, 'utf8');

/** `scripts/dev/start.ts` is in the room `dev`. A file beside the rooms is a room of its own. */
const roomOf = (file: string) => file.split('/')[1] ?? '';

/** The rooms that each room imports from. */
const imports = new Map(
  Array.from(
    Map.groupBy(files, roomOf),
    ([room, files]) => [room, new Set(files.flatMap(importsOf).filter((other) => other !== room))] as const,
  ),
);

function importsOf(file: string): string[] {
  const targets = Array.from(read(file).matchAll(/(?:from |import\()'(\.[^']+)'/g), ([, target = '']) => target);
  return targets
    .map((target) => normalize(join(dirname(file), target)).replaceAll('\\', '/'))
    .filter((target) => target.startsWith('scripts/'))
    .map(roomOf);
}

/** Everything that `room` imports from, directly or not. */
function reach(room: string, seen = new Set<string>()): Set<string> {
  for (const other of imports.get(room) ?? []) {
    if (seen.has(other)) continue;
    seen.add(other);
    reach(other, seen);
  }
  return seen;
}

describe('the rooms of scripts/', () => {
  it('import from each other without circles', () => {
    expect(imports.size).toBeGreaterThan(10);
    expect([...imports.keys()].filter((room) => reach(room).has(room))).toEqual([]);
  });

  it('have files that do not repeat the name of the room', () => {
    const repeats = ([, room = '', name = '']: string[]) => name.startsWith(`${room}-`);
    expect(files.filter((file) => repeats(file.split('/')))).toEqual([]);
  });
});

it('says at the top of each script which npm command it is', () => {
  const entries = Object.entries(scripts).flatMap(([name, command]) => {
    const [, path] = /^node scripts\/run\.js (\S+)$/.exec(command) ?? [];
    return path === undefined ? [] : [{ name, path }];
  });
  expect(entries.length).toBeGreaterThan(10);
  for (const { name, path } of entries) {
    const command = name === 'test' ? 'npm test' : `npm run ${name}`;
    expect(read(`scripts/${path}.ts`).split('\n')[0]).toMatch(new RegExp(`^// ${command}\\b`));
  }
});
