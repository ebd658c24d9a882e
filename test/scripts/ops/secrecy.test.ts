import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { command as client } from '../../../scripts/ops/client.ts';
import { command as doctor } from '../../../scripts/ops/doctor.ts';
import { command as keys } from '../../../scripts/ops/keys.ts';
import { KeySetRefusal, parseHolder } from '../../../scripts/ops/key-set.ts';
import { command as secretsCommand } from '../../../scripts/ops/secrets.ts';
import { newSecrets } from '../../../scripts/secrets/fresh.ts';
import { parseDevVars, parseJsonSecrets, parseSecrets } from '../../../scripts/secrets/parse.ts';
import { Unreadable } from '../../../scripts/secrets/unreadable.ts';
import { call } from '../call.ts';

const MARKER = 'hunter2';
const folder = mkdtempSync(join(tmpdir(), 'latchkey-'));
afterAll(() => rmSync(folder, { recursive: true }));

const secrets = { ...(await newSecrets()), PASSWORD_PEPPER: MARKER };
const { SECRET_KEY } = secrets;
const json = JSON.stringify(secrets);

const bytesOf = (content: string | Uint8Array) =>
  typeof content === 'string' ? new TextEncoder().encode(content) : content;
const codesOf = (content: string) => Array.from(content, (character) => character.charCodeAt(0));
const utf16Of = (content: string) => new Uint8Array(Uint16Array.from(codesOf(content)).buffer);
const latin1Of = (content: string) => Uint8Array.from(codesOf(content));

/** Files that somebody may mistake for a file of secrets, each with the marker in it. */
const shapes: Record<string, string | Uint8Array> = {
  'a JSON object': json,
  'a JSON object with an unknown name': JSON.stringify({ ...secrets, [MARKER]: MARKER }),
  'a JSON object of other values': JSON.stringify({ ...secrets, [MARKER]: { [MARKER]: MARKER } }),
  'a JSON array': JSON.stringify([MARKER, SECRET_KEY]),
  'a JSON string': JSON.stringify(MARKER),
  'JSON broken off': json.slice(0, json.indexOf(MARKER) + MARKER.length),
  'JSON with a comma too many': json.replace('}', ',}'),
  'JSON that begins with the marker': `${MARKER}${json}`,
  'a JWKS with the marker in it': JSON.stringify({ keys: [{ kid: MARKER, d: MARKER, alg: MARKER, kty: MARKER }] }),
  'NAME=value lines': `SECRET_KEY=${SECRET_KEY}\nPASSWORD_PEPPER=${MARKER}\n`,
  'NAME=value lines with an unknown name': `SECRET_KEY=${SECRET_KEY}\n${MARKER}=${MARKER}\n`,
  'NAME: value lines': `SECRET_KEY: ${MARKER}\nSIGNING_KEYS: ${MARKER}\n`,
  'an INI file': `[${MARKER}]\nSECRET_KEY = ${MARKER}\n`,
  'a TOML file': `[vars]\nSECRET_KEY = "${MARKER}\n`,
  'a value alone': MARKER,
  'a value that ends like base64': `${MARKER}==\n`,
  'a quote that is not closed': `SECRET_KEY="${MARKER}\nSIGNING_KEYS=${MARKER}\n`,
  'UTF-16': utf16Of(`\ufeff${json}`),
  'UTF-16 without a mark': utf16Of(`SECRET_KEY=${MARKER}`),
  'another encoding': latin1Of(`SECRET_KEY=${MARKER}\u00e4`),
  'a byte order mark': `\ufeff${json}`,
};

/** The files that the scripts are run with. The parsers, below, get all of them. */
const given = ['a JSON object with an unknown name', 'NAME: value lines'];

const commands = { client, doctor, keys, secrets: secretsCommand };

/** What a script printed. An unforeseen error fails the test. */
async function print(name: keyof typeof commands, ...args: string[]): Promise<string> {
  const { stdout, stderr } = await call(commands[name], ...args);
  return stdout + stderr;
}

/** Every place where a script reads a file, with `content` in it. */
function runsWith(content: string | Uint8Array): [keyof typeof commands, ...string[]][] {
  const here = mkdtempSync(join(folder, 'shape-'));
  const write = (name: string, what: string | Uint8Array) => {
    writeFileSync(join(here, name), what);
    return join(here, name);
  };
  const profile = mkdtempSync(join(here, 'profile-'));
  writeFileSync(join(profile, '.dev.vars'), content);
  const toml = write('wrangler.toml', readFileSync('wrangler.toml'));
  copyFileSync(toml, join(profile, 'wrangler.toml'));
  return [
    ['doctor', 'production', '--config', toml, '--secrets-file', write('doctor.secrets.json', content)],
    ['doctor', '--config', join(profile, 'wrangler.toml')],
    ['doctor', '--config', write('config.toml', content)],
    ['secrets', 'replace', 'SECRET_KEY', write('secrets.secrets.json', content)],
    ['keys', 'generate', write('generate.secrets.json', content)],
    ['keys', 'replace', write('replace.secrets.json', content)],
  ];
}

describe('no script prints anything of a file of secrets', () => {
  it.each(given)('that is %s', async (name) => {
    for (const run of runsWith(shapes[name] ?? '')) {
      const output = await print(...run);
      expect(output).not.toBe('');
      expect(output).not.toContain(MARKER);
      expect(output).not.toContain(SECRET_KEY);
    }
  });

  it('that comes by standard input', () => {
    const input = shapes['NAME: value lines'];
    const { stdout, stderr } = spawnSync(process.execPath, ['scripts/run.js', 'ops/keys', 'rotate'], {
      encoding: 'utf8',
      input,
    });
    expect({ stdout, stderr }).toEqual({
      stdout: '',
      stderr: 'Standard input is neither a JWKS nor a JSON object of strings with SIGNING_KEYS. Nothing was changed.\n',
    });
  });
});

it('names the two formats of a file of secrets that it can read, and the encoding', async () => {
  const file = join(folder, 'file');
  const stderr = 'The file of secrets is neither a JSON object of strings nor NAME=value lines.\n';
  for (const content of [`A: ${MARKER}`, `["${MARKER}"]`, `[a]\nb=1`, MARKER, '']) {
    writeFileSync(file, content);
    expect(await call(doctor, 'production', '--secrets-file', file)).toEqual({ status: 2, stdout: '', stderr });
  }
  writeFileSync(file, shapes['UTF-16'] ?? '');
  expect(await print('doctor', 'production', '--secrets-file', file)).toContain('is in UTF-16');
});

const odd: [keyof typeof commands, ...string[]][] = [
  ['doctor', 'production', '--secrets-file', MARKER],
  ['doctor', 'production', '--config', MARKER],
  ['doctor', 'production', '--env', MARKER],
  ['doctor', MARKER],
  ['doctor', `--${MARKER}`],
  ['keys', 'rotate', MARKER],
  ['keys', 'rotate', MARKER.repeat(1000)],
  ['keys', 'generate', '--env', MARKER],
  ['keys', 'generate', '--alg', MARKER],
  ['keys', MARKER],
  ['secrets', MARKER],
  ['secrets', 'replace', 'SECRET_KEY', MARKER.repeat(1000)],
  ['secrets', 'replace', MARKER, 'a.secrets.json'],
  ['client', `${MARKER}=`],
];

it.each(odd)('repeats no argument that may be a secret: %s %s', async (name, ...args) => {
  const output = await print(name, ...args);
  expect(output).not.toBe('');
  expect(output).not.toContain(MARKER);
});

describe('a file that is read as secrets', () => {
  const parsers = { parseSecrets, parseJsonSecrets, parseDevVars, parseHolder };

  /** All that `parse` says when it refuses `bytes`. A bug counts as if it said everything. */
  async function toldOf(parse: (bytes: Uint8Array) => unknown, bytes: Uint8Array): Promise<string> {
    try {
      await parse(bytes);
      return '';
    } catch (error) {
      if (!(error instanceof Unreadable || error instanceof KeySetRefusal)) return MARKER;
      return [error.message, error.stack, error.cause].join(' ');
    }
  }

  it.each(Object.entries(shapes))('is refused with a message that quotes nothing of it: %s', async (_, content) => {
    for (const parse of Object.values(parsers)) expect(await toldOf(parse, bytesOf(content))).not.toContain(MARKER);
  });

  it('is refused with a message that quotes nothing of it, whatever it is', async () => {
    const tokens = [
      MARKER,
      '{',
      '}',
      '[',
      ']',
      '"',
      "'",
      ':',
      ',',
      '=',
      '\n',
      '\r\n',
      '#',
      'export ',
      'A=',
      '"A":',
      '\0',
    ];
    const part = fc.oneof(fc.constantFrom(...tokens), fc.string());
    const file = fc.array(part, { maxLength: 12 }).map((parts) => bytesOf([...parts, MARKER].join('')));
    const parser = fc.constantFrom(...Object.values(parsers));
    await fc.assert(
      fc.asyncProperty(file, parser, async (bytes, parse) => {
        expect(await toldOf(parse, bytes)).not.toContain(MARKER);
      }),
      { numRuns: 2000 },
    );
  });

  it('may have a byte order mark, comments, quotes and lines of Windows', () => {
    expect(parseSecrets(bytesOf(shapes['a byte order mark'] ?? ''))).toEqual(secrets);
    const lines = '\ufeff# A comment\r\n\r\nexport A = \'b=c\'\r\nB="d\ne" # more\r\nC=f\r\nD=';
    expect(parseSecrets(bytesOf(lines))).toEqual({ A: 'b=c', B: 'd\ne', C: 'f', D: '' });
    expect(parseDevVars(bytesOf('# nothing yet\n'))).toEqual({});
  });
});
