import { describe, expect, it } from 'vitest';

/** Who may import from whom: rooms, and packages. What is in `types` may be imported as types only. */
const map: Record<string, { values: string[]; types: string[] }> = {
  index: { values: ['http', 'wire', 'domain', 'errors', 'log', 'cloudflare:workers'], types: [] },
  wire: { values: ['config', 'store'], types: ['domain', 'http'] },
  config: { values: ['errors', 'zod'], types: [] },
  errors: { values: [], types: [] },
  log: { values: ['errors'], types: [] },
  http: { values: ['domain', 'errors', 'log', 'config', 'hono', '@hono/zod-openapi'], types: [] },
  domain: { values: ['crypto', 'errors', 'jose'], types: ['store', 'config'] },
  crypto: { values: ['jose'], types: [] },
  store: { values: ['errors', 'drizzle-orm', '@libsql/client'], types: [] },
};

const sources = import.meta.glob<string>(['/src/**/*.ts', '!/src/env.d.ts'], {
  query: '?raw',
  import: 'default',
  eager: true,
});

type Import = { from: string; to: string; typesOnly: boolean };

const IMPORT = /^import\s+(type\s)?\s*([^;]*?)\s*from\s+'([^']+)';/gm;

function importsOf([file, text]: [string, string]): Import[] {
  return Array.from(text.matchAll(IMPORT), ([, type, names = '', specifier = '']) => ({
    from: file,
    to: specifier.startsWith('.') ? new URL(specifier, `file://${file}`).pathname : specifier,
    typesOnly: type !== undefined || /^\{(\s*type\s[^,}]+,?)+\s*\}$/.test(names),
  }));
}

/** `/src/http/app.ts` is in the room `http`, `/src/wire.ts` in `wire`; `hono/cors` is of the package `hono`. */
function roomOf(target: string): string {
  if (target.startsWith('/src/')) return target.split('/')[2]?.replace('.ts', '') ?? '';
  return target.split('/', target.startsWith('@') ? 2 : 1).join('/');
}

const imports = Object.entries(sources).flatMap(importsOf);

describe('the import map', () => {
  it('is of all files, with all of their imports', () => {
    const lines = Object.values(sources).flatMap((text) => text.match(/^(import\s|\} from )/gm) ?? []);
    expect(Object.keys(sources).length).toBeGreaterThan(30);
    expect(imports.length).toBe(lines.filter((line) => line.startsWith('import')).length);
    expect(Object.values(sources).join('\n')).not.toMatch(/\bimport\(|\brequire\(|^export .* from /m);
  });

  it.each(imports.map((each) => [each.from, each.typesOnly ? 'types of' : 'values of', each.to, each] as const))(
    'lets %s import %s %s',
    (_from, _what, _to, { from, to, typesOnly }) => {
      const here = roomOf(from);
      const allowed = map[here] ?? { values: [], types: [] };
      expect([here, ...allowed.values, ...(typesOnly ? allowed.types : [])]).toContain(roomOf(to));
    },
  );

  it('has no circles', () => {
    const targets = Map.groupBy(imports, ({ from }) => from);
    const harmless = new Set<string>();
    const visit = (file: string, trail: string[]): void => {
      if (harmless.has(file)) return;
      expect(trail, 'a circle').not.toContain(file);
      for (const { to } of targets.get(file) ?? []) visit(to, [...trail, file]);
      harmless.add(file);
    };
    for (const file of Object.keys(sources)) visit(file, []);
  });

  it('knows the drivers in wire and store only, and Web Crypto key derivation in one file', () => {
    const mentioning = (word: RegExp) => Object.keys(sources).filter((file) => word.test(sources[file] ?? ''));
    for (const file of mentioning(/D1Database|KVNamespace|drizzle/)) expect(file).toMatch(/^\/src\/(store\/|wire\.ts)/);
    expect(mentioning(/@libsql|drizzle-orm\/(d1|libsql)/)).toEqual(['/src/store/database.ts']);
    for (const file of mentioning(/openD1|openLibsql/)) expect(file).toMatch(/^\/src\/(store\/database|wire)\.ts$/);
    expect(mentioning(/\bfetch\(/)).toEqual(['/src/store/breached-passwords.ts', '/src/store/database.ts']);
    expect(mentioning(/['"]PBKDF2['"]/)).toEqual(['/src/crypto/pbkdf2.ts']);
    expect(mentioning(/console\./)).toEqual(['/src/log.ts']);
  });
});
