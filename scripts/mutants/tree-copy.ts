import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..');

const copies = new Set<string>();
process.on('exit', () => copies.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** Copies the working tree, without what Git ignores, and returns the path. Deletes the copy when this process ends. */
export function copyTree(): string {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-mutants-'));
  copies.add(folder);
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  const files = listed.split('\0').filter((file) => file !== '' && existsSync(join(ROOT, file)));
  for (const file of files) cpSync(join(ROOT, file), join(folder, file));
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}
