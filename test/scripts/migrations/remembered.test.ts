import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { recall, remember } from '../../../scripts/migrations/remembered.ts';

let state: string;
let config: string;
const migrations = { folder: 'migrations', table: 'd1_migrations', localId: 'DB' };

beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), 'latchkey-remembered-'));
  config = join(state, 'wrangler.toml');
  writeFileSync(config, 'name = "latchkey"');
});
afterEach(() => rmSync(state, { recursive: true }));

it('remembers the migrations of a configuration while it stays the same', () => {
  expect(recall(state, { config })).toBeUndefined();
  remember(state, { config }, migrations);
  expect(recall(state, { config })).toEqual(migrations);
  writeFileSync(config, 'name = "latchkey" # changed');
  expect(recall(state, { config })).toBeUndefined();
});

it('remembers them for one environment, file and state directory only', () => {
  remember(state, { config, env: 'staging' }, migrations);
  expect(recall(state, { config, env: 'staging' })).toEqual(migrations);
  expect(recall(state, { config })).toBeUndefined();
  expect(recall(join(state, 'other'), { config, env: 'staging' })).toBeUndefined();
  const copy = join(state, 'copy.toml');
  writeFileSync(copy, 'name = "latchkey"');
  expect(recall(state, { config: copy, env: 'staging' })).toBeUndefined();
});

it('remembers nothing where it cannot write', () => {
  const full = join(state, 'full');
  mkdirSync(join(full, 'dev.json'), { recursive: true });
  remember(full, { config }, migrations);
  expect(recall(full, { config })).toBeUndefined();
});

it.each(['', '{}', '{"of":1}', 'null'])('remembers nothing when its note is %j', (text) => {
  remember(state, { config }, migrations);
  writeFileSync(join(state, 'dev.json'), text);
  expect(recall(state, { config })).toBeUndefined();
});
