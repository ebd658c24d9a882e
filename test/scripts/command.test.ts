import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { scripts } from '../../package.json';
import { type Command, Failure, parseCommandLine, runCommand, UsageError } from '../../scripts/command.ts';
import { call } from './call.ts';

const files = import.meta.glob<{ command: Command }>('../../scripts/*/*.ts');

/** The commands of the npm scripts. */
const commands = await Promise.all(
  Object.entries(scripts).flatMap(([name, line]) => {
    const [, path] = /^node scripts\/run\.js (\S+)$/.exec(line) ?? [];
    const load = files[`../../scripts/${path}.ts`];
    return load === undefined ? [] : [load().then(({ command }) => ({ name, command }))];
  }),
);

/** These pass their flags on, to vitest or to `wrangler dev`. */
const passOn = new Set(['test', 'dev', 'dev:turso']);

const strict = commands.filter(({ name }) => !passOn.has(name));

/** A sentence, and how to call the command or where that is said. */
const CORRECTION = /^[A-Z].*\.\n(usage: |`npm .* --help` lists)/;

describe('every npm script of ours', () => {
  it('is among those that are tested here', () => {
    const names = commands.map(({ name }) => name);
    const expected = [
      'dev',
      'doctor',
      'secrets',
      'keys',
      'client',
      'db:migrate',
      'smoke',
      'peers',
      'test:browser',
      'load',
      'mutants',
    ];
    expect(names).toEqual(expect.arrayContaining([...expected, 'dev:turso', 'db:generate', 'attack', 'test']));
  });

  it.each(commands)('prints its usage for --help: $name', async ({ name, command }) => {
    const line = name === 'test' ? 'npm test' : `npm run ${name}`;
    for (const flag of ['--help', '-h']) {
      const { status, stdout, stderr } = await call(command, 'production', flag);
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      expect(stdout).toContain(line);
      expect(stdout).toMatch(/^usage: [^]*\n\n[A-Z]/);
    }
  });

  it.each(commands)('names only files of the service that exist: $name', ({ command }) => {
    const files = command.usage.match(/\bsrc\/[\w./-]*\w/g) ?? [];
    expect(files.filter((file) => !existsSync(file))).toEqual([]);
  });

  it.each(strict)('refuses an option that it does not know, and does not repeat it: $name', async ({ command }) => {
    for (const args of [['--hunter2'], ['--hunter2=hunter2'], ['-x', 'hunter2']]) {
      const { status, stdout, stderr } = await call(command, ...args);
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
      expect(stderr).toMatch(CORRECTION);
      expect(stderr).not.toContain('hunter2');
    }
  });

  // An import takes any number of files.
  it.each(strict.filter(({ name }) => name !== 'import'))(
    'refuses an argument that it does not take: $name',
    async ({ command }) => {
      const { status, stdout, stderr } = await call(command, 'hunter2', 'hunter2', 'hunter2', 'hunter2');
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
      expect(stderr).toMatch(CORRECTION);
      expect(stderr).not.toContain('hunter2');
    },
  );
});

describe('a command', () => {
  const running = (run: Command['run']): Command => ({ usage: 'npm run it', run });
  const failing = (error: unknown) =>
    running(() => {
      throw error;
    });

  it('exits with the code that it returns, or with 0', async () => {
    expect(
      await runCommand(
        running(() => 3),
        [],
      ),
    ).toBe(3);
    expect(
      await runCommand(
        running(() => undefined),
        [],
      ),
    ).toBe(0);
  });

  it('gets its arguments', async () => {
    const seen: string[][] = [];
    await runCommand(
      running((args) => void seen.push(args)),
      ['a', '--b'],
    );
    expect(seen).toEqual([['a', '--b']]);
    expect(parseCommandLine(['a', '--b'], { b: { type: 'boolean' } })).toMatchObject({
      values: { b: true },
      positionals: ['a'],
    });
  });

  it('prints a sentence and its usage for wrong arguments', async () => {
    expect(await call(failing(new UsageError('Give a file.')))).toEqual({
      status: 2,
      stdout: '',
      stderr: 'Give a file.\nusage: npm run it\n',
    });
    const parse = running(
      (args) => void parseCommandLine(args, { port: { type: 'string' }, all: { type: 'boolean' } }),
    );
    const words = async (...args: string[]) => (await call(parse, ...args)).stderr;
    expect(await words('--port')).toBe('--port lacks its value.\nusage: npm run it\n');
    expect(await words('--port', '--all')).toBe('--port lacks its value.\nusage: npm run it\n');
    expect(await words('--all=x')).toBe('--all takes no value.\nusage: npm run it\n');
    expect(await words('--prot', '1')).toBe('There is no option --prot. Did you mean --port?\nusage: npm run it\n');
    expect(await words('--hunter2', '1')).toBe('There is no such option.\nusage: npm run it\n');
  });

  it('prints how to call it after a mistake, and where the rest of its usage is', async () => {
    const long: Command = {
      usage: 'npm run it -- FILE\n       npm run it -- --all\n\nDoes it.\n  --all  does all of it',
      run: () => {
        throw new UsageError('Give a file.');
      },
    };
    expect((await call(long)).stderr).toBe(
      'Give a file.\nusage: npm run it -- FILE\n       npm run it -- --all\n`npm run it -- --help` explains it.\n',
    );
  });

  it('refuses an option that is given twice, unless it may be', () => {
    const options = { env: { type: 'string', short: 'e' }, file: { type: 'string', multiple: true } } as const;
    expect(() => parseCommandLine(['--env', 'a', '-e', 'b'], options)).toThrow(new UsageError('--env is given twice.'));
    expect(parseCommandLine(['--file', 'a', '--file', 'b'], options).values).toEqual({ file: ['a', 'b'] });
  });

  it('prints a sentence for a failure that was expected, and for what the system refuses', async () => {
    expect(await call(failing(new Failure('No network.', 4)))).toEqual({
      status: 4,
      stdout: '',
      stderr: 'No network.\n',
    });
    const missing = running(() => void readdirSync('no-such-folder'));
    expect((await call(missing)).stderr).toBe('No such file or folder: no-such-folder (ENOENT).\n');
    const folder = running(() => void readFileSync('.'));
    expect((await call(folder)).stderr).toBe('A folder, not a file (EISDIR).\n');
    const denied = Object.assign(new Error('EACCES'), { code: 'EACCES', path: '.wrangler' });
    expect((await call(failing(denied))).stderr).toBe('No permission: .wrangler (EACCES).\n');
  });

  it('throws a bug', async () => {
    await expect(call(failing(new TypeError('a bug')))).rejects.toThrow('a bug');
  });
});

it('has no script that ends its process itself, so that finally blocks run', () => {
  const files = ['ops/doctor', 'ops/keys', 'ops/secrets', 'ops/client', 'migrations/migrate', 'migrations/generate'];
  for (const file of files) expect(readFileSync(`scripts/${file}.ts`, 'utf8')).not.toContain('process.exit(');
});
