import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'latchkey-'));
afterAll(() => rmSync(folder, { recursive: true }));

function run(script: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [`scripts/ops/${script}.ts`, ...args], {
    encoding: 'utf8',
  });
  return { status, output: stdout + stderr };
}

const file = join(folder, 'test.secrets.json');
const made = run('secrets', file);
const secrets: Record<string, string> = Object(JSON.parse(readFileSync(file, 'utf8')));

describe('secrets', () => {
  it('are written for their owner alone', () => {
    expect(made.status).toBe(0);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('are replaced one by one in the file, so that the next deploy does not bring back what has leaked', () => {
    const leaked = join(folder, 'leaked.secrets.json');
    const old = { ...secrets, OAUTH_CLIENTS: 'a:b' };
    writeFileSync(leaked, JSON.stringify(old), { mode: 0o644 });
    const { status, output } = run('secrets', 'replace', 'SECRET_KEY', leaked);
    expect(status).toBe(0);
    expect(output).toContain(`1. Deploy: npx wrangler deploy --secrets-file ${leaked}\n`);
    const changed: Record<string, string> = Object(JSON.parse(readFileSync(leaked, 'utf8')));
    expect(changed).toEqual({ ...old, SECRET_KEY: expect.stringMatching(/^[\w+/]{43}=$/) });
    expect(changed['SECRET_KEY']).not.toBe(secrets['SECRET_KEY']);
    expect(output).not.toContain(changed['SECRET_KEY']);
    expect(statSync(leaked).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  it('are left as they are when the file cannot be written again', () => {
    const lines = join(folder, 'lines.secrets.json');
    writeFileSync(lines, 'SECRET_KEY=hunter2');
    const { status, output } = run('secrets', 'replace', 'SECRET_KEY', lines);
    expect({ status, output }).toEqual({
      status: 2,
      output:
        'The file of secrets is not a JSON object of strings, as npm run secrets writes it. Nothing was changed.\n',
    });
    expect(readFileSync(lines, 'utf8')).toBe('SECRET_KEY=hunter2');
    for (const args of [
      ['SECRET_KEY', join(folder, 'nowhere.secrets.json')],
      ['SIGNING_KEYS', file],
      ['SECRET_KEY'],
      ['SECRET_KEY', file, file],
    ]) {
      expect(run('secrets', 'replace', ...args)).toMatchObject({ status: 2 });
    }
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(secrets);
  });

  it('never replace others', () => {
    expect(run('secrets', file)).toMatchObject({ status: 1, output: expect.stringContaining('exists') });
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(secrets);
  });

  it('are not written where git would see them', () => {
    expect(run('secrets', join(folder, 'secrets.json'))).toMatchObject({ status: 2 });
  });
});
