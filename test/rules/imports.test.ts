import { describe, expect, it } from 'vitest';

/** What each room may import, besides itself: rooms and packages. Those in `types` only by `import type`. */
const map: Record<string, { values: string[]; types: string[] }> = {
  index: { values: ['http', 'wire', 'domain', 'errors', 'log', 'cloudflare:workers'], types: [] },
  wire: { values: ['config', 'store', 'mail'], types: ['domain', 'http'] },
  errors: { values: [], types: [] },
  log: { values: ['errors'], types: [] },
  zod: { values: ['zod'], types: [] },
  openapi: { values: [], types: [] },
  config: { values: ['crypto', 'errors', 'zod'], types: [] },
  http: { values: ['domain', 'errors', 'log', 'hono', '@hono/zod-openapi'], types: [] },
  domain: { values: ['crypto', 'errors', 'jose'], types: ['store', 'config', 'mail'] },
  crypto: { values: ['jose', 'node:crypto', '@levischuck/tiny-cbor'], types: [] },
  mail: { values: ['crypto', 'errors', 'log'], types: [] },
  store: { values: ['errors', 'drizzle-orm', '@libsql/client'], types: [] },
};

const sources = import.meta.glob<string>(['/src/**/*.ts', '!/src/env.d.ts'], {
  query: '?raw',
  import: 'default',
  eager: true,
});

type Import = { from: string; to: string; typesOnly: boolean; isDynamic: boolean };

const IMPORT = /^import\s+(type\s)?\s*([^;]*?)\s*from\s+'([^']+)';/gm;

/** Code that is loaded when it is needed. */
const DYNAMIC_IMPORT = /\bimport\('([^']+)'\)/g;

const imports = Object.entries(sources).flatMap(importsOf);

describe('the source', () => {
  it('imports only what the map allows', () => {
    const describeImport = ({ from, to, typesOnly }: Import) => `${from} imports ${typesOnly ? 'types of ' : ''}${to}`;
    expect(imports.filter((each) => !isAllowed(each)).map(describeImport)).toEqual([]);
  });

  it('uses no form of import that these rules cannot read', () => {
    const lines = Object.values(sources).flatMap((text) => text.match(/^import\s/gm) ?? []);
    const dynamic = Object.values(sources).flatMap((text) => text.match(/\bimport\(/g) ?? []);
    expect(imports).toHaveLength(lines.length + dynamic.length);
    expect(Object.keys(sources).length).toBeGreaterThan(30);
    expect(Object.values(sources).join('\n')).not.toMatch(/\brequire\(|^export .* from /m);
  });

  it('loads the code for hashes of other systems and QR codes, and the common passwords, when it needs them, and nothing else', () => {
    const isLegacy = (file: string) => file.startsWith('/src/crypto/legacy/');
    const isModule = (file: string) => /^\/src\/crypto\/modules\/[^/]+\.(mjs|wasm)$/.test(file);
    const eager = imports.filter(
      ({ to, from, isDynamic, typesOnly }) =>
        ((isLegacy(to) && !isLegacy(from)) || isModule(to)) && !isDynamic && !typesOnly,
    );
    expect(eager.map(({ to, from }) => [from, to])).toEqual([
      ['/src/config/legacy-hashes.ts', '/src/crypto/legacy/firebase-parameters.ts'],
    ]);
    const dynamic = imports.filter(({ isDynamic }) => isDynamic);
    const others = dynamic.filter(({ from, to }) => !isLegacy(from) && !isModule(to));
    expect(new Set(others.map(({ from }) => from))).toEqual(
      new Set([
        '/src/crypto/password-hash.ts',
        '/src/domain/account/common-passwords.ts',
        '/src/domain/admin/check-hash.ts',
      ]),
    );
    const known = new Set(['node:crypto', '/src/domain/account/common-passwords.txt']);
    expect(dynamic.filter(({ to }) => !isLegacy(to) && !isModule(to) && !known.has(to))).toEqual([]);
  });

  it('loads modules of a bundle from their own folder, whose name the bundle leaves out', () => {
    const loading = imports.filter(({ to }) => /\.(mjs|wasm)$/.test(to));
    expect(loading.map(({ from, to }) => [from, to])).toEqual([
      ['/src/crypto/modules/load-bcryptjs.ts', '/src/crypto/modules/bcryptjs.mjs'],
      ['/src/crypto/modules/load-lean-qr.ts', '/src/crypto/modules/lean-qr.mjs'],
      ['/src/crypto/modules/load-pbkdf2.ts', '/src/crypto/modules/pbkdf2.wasm'],
    ]);
  });

  it('has only rooms that the map names, and the map names no other', () => {
    expect([...new Set(Object.keys(sources).map(roomOf))].toSorted()).toEqual(Object.keys(map).toSorted());
  });

  it('has no circular imports', () => {
    const targets = Map.groupBy(imports, ({ from }) => from);
    const finished = new Set<string>();
    const circles: string[][] = [];
    const visit = (file: string, trail: string[]): void => {
      if (finished.has(file)) return;
      if (trail.includes(file)) return void circles.push([...trail, file]);
      for (const { to } of targets.get(file) ?? []) visit(to, [...trail, file]);
      finished.add(file);
    };
    for (const file of Object.keys(sources)) visit(file, []);
    expect(circles).toEqual([]);
  });

  it('names D1, KV, libSQL, fetch, PBKDF2, bodies and the console only in the files that own them', () => {
    const filesWith = (word: RegExp) => Object.keys(sources).filter((file) => word.test(sources[file] ?? ''));
    for (const file of filesWith(/D1Database|KVNamespace|drizzle/)) expect(file).toMatch(/^\/src\/(store\/|wire\.ts)/);
    expect(filesWith(/@libsql/)).toEqual(['/src/store/libsql.ts']);
    expect(filesWith(/drizzle-orm\/(?!sqlite-core)/)).toEqual(['/src/store/build.ts']);
    for (const file of filesWith(/openD1|openLibsql/)) expect(file).toMatch(/^\/src\/(store\/(d1|libsql)|wire)\.ts$/);
    expect(filesWith(/\bfetch\(/)).toEqual([
      '/src/http/response/asset.ts',
      '/src/mail/post.ts',
      '/src/store/breached-passwords.ts',
      '/src/store/libsql.ts',
    ]);
    expect(filesWith(/['"]PBKDF2['"]/)).toEqual(['/src/crypto/pbkdf2.ts']);
    expect(filesWith(/console\./)).toEqual(['/src/log.ts']);
    // Whoever reads a body elsewhere reads it without a limit.
    const readers = filesWith(/req\.(json|text|formData|blob|bytes|arrayBuffer|parseBody)\(|raw\.body\b|: Request\b/);
    expect(readers).toEqual([
      '/src/http/middleware/drop-unread-body.ts',
      '/src/http/request/body.ts',
      '/src/store/libsql.ts',
    ]);
  });

  it('makes routes by the guards only', () => {
    const makingRoutes = imports.filter(({ to }) => to === '/src/http/guarded-route.ts').map(({ from }) => from);
    expect(makingRoutes).toEqual(['/src/http/endpoint.ts']);
    const withCreateRoute = Object.keys(sources).filter((file) => /\bcreateRoute\b/.test(sources[file] ?? ''));
    expect(withCreateRoute).toEqual(['/src/http/endpoint.ts', '/src/http/guarded-route.ts']);
  });
});

function importsOf([file, text]: [string, string]): Import[] {
  const pathOf = (specifier: string) =>
    specifier.startsWith('.') ? new URL(specifier, `file://${file}`).pathname : specifier;
  const atStart = Array.from(text.matchAll(IMPORT), ([, type, names = '', specifier = '']) => ({
    from: file,
    to: pathOf(specifier),
    typesOnly: type !== undefined || /^\{(\s*type\s[^,}]+,?)+\s*\}$/.test(names),
    isDynamic: false,
  }));
  const later = Array.from(text.matchAll(DYNAMIC_IMPORT), ([, specifier = '']) => ({
    from: file,
    to: pathOf(specifier),
    typesOnly: false,
    isDynamic: true,
  }));
  return [...atStart, ...later];
}

function isAllowed({ from, to, typesOnly }: Import): boolean {
  const here = roomOf(from);
  const { values, types } = map[here] ?? { values: [], types: [] };
  return [here, ...values, ...(typesOnly ? types : [])].includes(roomOf(to));
}

/** `/src/http/app.ts` is in the room `http`, `/src/wire.ts` in `wire`; `hono/cors` belongs to the package `hono`. */
function roomOf(target: string): string {
  if (target.startsWith('/src/')) return target.split('/')[2]?.replace('.ts', '') ?? '';
  return target.split('/', target.startsWith('@') ? 2 : 1).join('/');
}
