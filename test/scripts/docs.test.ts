import { existsSync, globSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, normalize } from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { configNames, parseConfig } from '../../src/config/config.ts';
import { eventTypes } from '../../src/domain/event/event-types.ts';
import { refusals } from '../../src/errors.ts';
import { MAX_CODE_ATTEMPTS } from '../../src/store/statements/account/challenge-state.ts';
import { MAX_TRIES } from '../../src/store/statements/mail/claim-mail.ts';
import { MAILS } from '../../src/store/statements/mail/count-mail-request.ts';
import { developmentVars } from '../../scripts/dev/vars.ts';
import { newSecrets } from '../../scripts/secrets/fresh.ts';

const pages = globSync([
  '*.md',
  'NOTICE',
  'docs/**/*.md',
  'examples/**/README.md',
  'packages/*/README.md',
  'test/asvs.md',
]).map((file) => ({
  file,
  // What you are to write yourself is in blocks of TypeScript.
  text: readFileSync(file, 'utf8').replaceAll(/^```ts\n[^]*?^```/gm, ''),
}));
const read = (file: string) => pages.find((page) => page.file === file)?.text ?? '';

const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync('package.json', 'utf8')));
const wranglerSource = readFileSync(
  join(dirname(createRequire(import.meta.url).resolve('wrangler/package.json')), 'wrangler-dist/cli.js'),
  'utf8',
);

/** Everything in the pages that matches `pattern`, as its groups, with the page it is on. */
function findAll(pattern: RegExp) {
  return pages.flatMap(({ file, text }) =>
    Array.from(text.matchAll(pattern), ([found, ...groups]) => ({ file, found, groups })),
  );
}

/** The links of a page that lead into this repository: the file, and the heading. */
const links = findAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)/g).map(
  ({ file, found, groups: [path = '', anchor] }) => ({
    file,
    found,
    target: path === '' ? file : normalize(join(dirname(file), path)),
    anchor,
  }),
);

/**
 * The anchors that GitHub gives the headings of a page. A repeated heading would get a number, so there must be none.
 */
function anchorsOf(file: string): string[] {
  const text = readFileSync(file, 'utf8').replaceAll(/^ *```[^]*?^ *```/gm, '');
  return Array.from(text.matchAll(/^#+ (.+)$/gm), ([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/\]\([^)]*\)/g, '')
      .replaceAll(/[^\p{L}\p{N}_ -]/gu, '')
      .replaceAll(' ', '-'),
  );
}

/** The cells of the table rows of a page whose first cell is one code word, by that word. */
function rowsOf(file: string): Map<string, string[]> {
  const rows = Array.from(read(file).matchAll(/^\| `(\w+)` +\|(.+)\|$/gm), ([, name = '', rest = '']) => {
    const cells = rest.split(/(?<!\\)\|/).map((cell) => cell.trim());
    return [name, cells] as const;
  });
  return new Map(rows);
}

it('has links to files that exist', () => {
  expect(links.length).toBeGreaterThan(100);
  expect(links.filter(({ target }) => !existsSync(target))).toEqual([]);
});

it('has links to headings that exist', () => {
  const isBroken = ({ target, anchor }: (typeof links)[number]) =>
    anchor !== undefined && existsSync(target) && !anchorsOf(target).includes(anchor);
  expect(links.filter(isBroken)).toEqual([]);
});

it('has no two equal headings on a page that is linked to by heading', () => {
  const targets = new Set(links.flatMap(({ target, anchor }) => (anchor === undefined ? [] : [target])));
  const hasTwins = (file: string) => new Set(anchorsOf(file)).size < anchorsOf(file).length;
  expect([...targets].filter((file) => existsSync(file) && hasTwins(file))).toEqual([]);
});

it('leads to every page of docs/ from its table of contents', () => {
  const listed = new Set(links.filter(({ file }) => file === 'docs/README.md').map(({ target }) => target));
  expect(globSync('docs/*/*.md').filter((file) => !listed.has(file))).toEqual([]);
});

it('names npm scripts that exist', () => {
  const named = findAll(/npm run (?:--silent )?([\w:]+)/g);
  expect(named.length).toBeGreaterThan(50);
  expect(named.filter(({ groups: [name = ''] }) => !(name in scripts))).toEqual([]);
});

it('gives flags to npm scripts behind two dashes', () => {
  expect(findAll(/npm (?:run (?:--silent )?[\w:]+|test) -(?!- )\S*/g)).toEqual([]);
});

it('uses npm to install, to test and to run scripts, and for nothing else', () => {
  const commands = findAll(/(?:`|^ {4}(?:.*&& )?)npm ([a-z]+)/gm);
  expect(commands.length).toBeGreaterThan(50);
  // Users of the package and of the page with Vite are in a project of their own.
  const others = ['packages', 'examples/vite-page'];
  const ofThisProject = commands.filter(({ file }) => !others.some((folder) => file.startsWith(folder)));
  expect(ofThisProject.filter(({ groups: [word = ''] }) => !['ci', 'test', 'run'].includes(word))).toEqual([]);
});

it('names commands of wrangler that exist', () => {
  const commands = findAll(/npx wrangler ([a-z0-9-]+(?: [a-z][a-z-]+)*)/g);
  expect(commands.length).toBeGreaterThan(20);
  const isKnown = (words: string[]) =>
    words.some((_, i) => wranglerSource.includes(`command: "wrangler ${words.slice(0, i + 1).join(' ')}"`));
  expect(commands.filter(({ groups: [words = ''] }) => !isKnown(words.split(' ')))).toEqual([]);
});

it('names files that exist', () => {
  const named = findAll(/(?<![\w/.-])((?:src|test|scripts|docs|examples|migrations)\/[\w./*-]*[\w*])/g);
  expect(named.length).toBeGreaterThan(50);
  expect(named.filter(({ groups: [path = ''] }) => globSync(path).length === 0)).toEqual([]);
});

it('has a row for every refusal, with its status and message', () => {
  const rows = rowsOf('docs/reference/errors.md');
  const documented = Object.keys(refusals).map((code) => [code, ...(rows.get(code) ?? []).slice(0, 2)]);
  expect(documented).toEqual(
    Object.entries(refusals).map(([code, { status, message }]) => [code, String(status), message]),
  );
});

const configuration = rowsOf('docs/reference/configuration.md');

/** The defaults that are code. The others are words, such as "none". */
const defaults: Record<string, string> = {};
for (const [name, [, cell = '']] of configuration) {
  const [, value] = /^`([^`]+)`/.exec(cell) ?? [];
  if (value !== undefined) defaults[name] = value;
}

it('has a row for every variable, secret and binding', () => {
  expect(configNames.filter((name) => !configuration.has(name))).toEqual([]);
  expect([...configuration.keys()].filter((name) => !configNames.includes(name))).toEqual([]);
});

it('states the defaults of the code', async () => {
  const bindings = ['DB', 'DENYLIST', 'LIMIT_CREDENTIALS', 'LIMIT_ACCOUNT', 'LIMIT_REFRESH', 'LIMIT_OTHER'];
  const secrets = await newSecrets();
  const least = {
    ISSUER: 'https://auth.example.org',
    ...secrets,
    ...Object.fromEntries(bindings.map((name) => [name, {}])),
  };
  expect(parseConfig({ ...least, ...defaults })).toEqual(parseConfig(least));
});

it('states the values of wrangler.toml', () => {
  const set = Array.from(
    readFileSync('wrangler.toml', 'utf8').matchAll(/^([A-Z][A-Z0-9_]+) = "(.+)"$/gm),
    ([, name, value]) => [name, value],
  );
  expect(Object.fromEntries(set)).toEqual(defaults);
});

it('states the rate limits of wrangler.toml', () => {
  const limits = readFileSync('wrangler.toml', 'utf8').matchAll(
    /name = "(LIMIT_\w+)"[^[]*?limit = (\d+), period = 60/g,
  );
  const rows = rowsOf('docs/reference/limits.md');
  const documented = Array.from(rows, ([name, cells]) => `${name} ${cells[2]}`);
  const set = Array.from(limits, ([, name, limit]) => `${name} ${limit}`);
  expect(documented.filter((line) => line.startsWith('LIMIT_'))).toEqual(expect.arrayContaining(set));
});

it('states how many mails, codes and tries there are', () => {
  const page = read('docs/concepts/accounts-and-mail.md').replaceAll(/\s+/g, ' ');
  expect(page).toContain(`${MAILS.perHourAndPurpose} mails an hour of one kind`);
  expect(page).toContain(`${MAILS.perDay} a day in all`);
  expect(page).toContain(`A code has ${MAX_CODE_ATTEMPTS} tries`);
  expect(page).toContain(`${MAX_CODE_ATTEMPTS} for each of these mails, so ${MAX_CODE_ATTEMPTS * MAILS.perDay} a day`);
  expect(page).toContain(`${MAX_TRIES} tries in all`);
  expect(read('SECURITY.md')).toContain(`use up the mails of an address**: ${MAILS.perDay} a day`);
  const [, limits = ''] = /\n## Mail\n\n((?:\|.*\n)+)/.exec(read('docs/reference/limits.md')) ?? [];
  const limit = (what: string) => new RegExp(`^\\| ${what}[^|]*\\| (\\d+)`, 'm').exec(limits)?.[1];
  expect(limit('mails to one address .* for one purpose')).toBe(String(MAILS.perHourAndPurpose));
  expect(limit('mails to one address .* in all')).toBe(String(MAILS.perDay));
  expect(limit('wrong tries of a code')).toBe(String(MAX_CODE_ATTEMPTS));
  expect(limit('tries to send a mail')).toBe(String(MAX_TRIES));
});

it('states the lives of links and codes as the configuration does', () => {
  const page = read('docs/concepts/accounts-and-mail.md');
  const rows = Array.from(page.matchAll(/^\|[^|]+\| (\S+ \S+) +\| ([^|]+?) +\| `(\w+_TTL_SECONDS)` +\|$/gm));
  expect(rows).toHaveLength(5);
  const lifeOf = (name = '') => /\((.+)\)/.exec(configuration.get(name)?.[1] ?? '')?.[1];
  expect(rows.map(([, token]) => token)).toEqual(rows.map(([, , , name]) => lifeOf(name)));
  expect(new Set(rows.map(([, , code]) => code))).toEqual(new Set([lifeOf('MAIL_CODE_TTL_SECONDS'), 'it has none']));
});

it('states the lines of the development profile', () => {
  const rows = rowsOf('docs/quickstart/development.md');
  for (const [name, value] of Object.entries(developmentVars).filter(([name]) => name !== 'ISSUER')) {
    expect(rows.get(name)?.[0], name).toContain(`\`${value}\``);
  }
});

it('has a README for the first ten minutes', () => {
  expect(read('README.md').split('\n').length).toBeLessThanOrEqual(200);
});

it('lists every type of events with what has happened', () => {
  const listed = Array.from(rowsOf('docs/how-to/audit.md'), ([type, [what]]) => [type, what] as const);
  const isType = ([name]: readonly [string, unknown]) => Object.hasOwn(eventTypes, name);
  expect(Object.fromEntries(listed.filter(isType))).toEqual(eventTypes);
});
