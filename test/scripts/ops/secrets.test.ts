import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { command } from '../../../scripts/ops/secrets.ts';
import { call } from '../call.ts';

const folder = mkdtempSync(join(tmpdir(), 'latchkey-'));
afterAll(() => rmSync(folder, { recursive: true }));

const file = join(folder, 'test.secrets.json');
const made = await call(command, file);
const secrets: Record<string, string> = Object(JSON.parse(readFileSync(file, 'utf8')));

describe('npm run secrets', () => {
  it('writes fresh secrets into a file that only its owner can read', async () => {
    expect(made.status).toBe(0);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('replaces SECRET_KEY in the file, so that the next deploy does not bring back the leaked one', async () => {
    const leaked = join(folder, 'leaked.secrets.json');
    const old = { ...secrets, OAUTH_CLIENTS: 'a:b' };
    writeFileSync(leaked, JSON.stringify(old), { mode: 0o644 });
    const { status, stdout } = await call(command, 'replace', 'SECRET_KEY', leaked);
    expect(status).toBe(0);
    expect(stdout).toContain(`1. Deploy: npx wrangler deploy --secrets-file ${leaked}\n`);
    const changed: Record<string, string> = Object(JSON.parse(readFileSync(leaked, 'utf8')));
    expect(changed).toEqual({ ...old, SECRET_KEY: expect.stringMatching(/^[\w+/]{43}=$/) });
    expect(changed['SECRET_KEY']).not.toBe(secrets['SECRET_KEY']);
    expect(stdout).not.toContain(changed['SECRET_KEY']);
    expect(statSync(leaked).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  it('leaves a file unchanged that it cannot write back', async () => {
    const lines = join(folder, 'lines.secrets.json');
    writeFileSync(lines, 'SECRET_KEY=hunter2');
    expect(await call(command, 'replace', 'SECRET_KEY', lines)).toEqual({
      status: 2,
      stdout: '',
      stderr:
        'The file of secrets is not a JSON object of strings, as npm run secrets writes it. Nothing was changed.\n',
    });
    expect(readFileSync(lines, 'utf8')).toBe('SECRET_KEY=hunter2');
    for (const args of [
      ['SECRET_KEY', join(folder, 'nowhere.secrets.json')],
      ['SIGNING_KEYS', file],
      ['SECRET_KEY'],
      ['SECRET_KEY', file, file],
    ]) {
      expect(await call(command, 'replace', ...args)).toMatchObject({ status: 2 });
    }
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(secrets);
  });

  it('never replaces an existing file', async () => {
    expect(await call(command, file)).toMatchObject({ status: 1, stderr: `${file} exists. Nothing was changed.\n` });
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(secrets);
  });

  it('says in a sentence that it cannot write the file', async () => {
    expect(await call(command, join(folder, 'no-folder/a.secrets.json'))).toEqual({
      status: 2,
      stdout: '',
      stderr: 'The file of secrets cannot be written (ENOENT). Nothing was changed.\n',
    });
  });

  it('writes no file that git would see', async () => {
    expect(await call(command, join(folder, 'secrets.json'))).toMatchObject({ status: 2 });
  });
});
