import { readFileSync } from 'node:fs';
import { build, type Plugin } from 'esbuild';
import wabt from 'wabt';

/** Takes the place of `crypto` of Node, which bcryptjs uses to make salts where Web Crypto is missing. */
const noCrypto: Plugin = {
  name: 'latchkey:no-crypto',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^crypto$/ }, () => ({ path: 'crypto', namespace: 'none' }));
    onLoad({ filter: /^crypto$/, namespace: 'none' }, () => ({ contents: 'export default undefined;' }));
  },
};

/** What verifies bcrypt, in one file: `compareSync` of bcryptjs. */
export async function bundleBcrypt(): Promise<string> {
  return bundlePackage('bcryptjs', "export { compareSync } from 'bcryptjs';");
}

/** What makes QR codes, in one file: `generate` and `toSvgSource` of lean-qr. */
export async function bundleLeanQr(): Promise<string> {
  return bundlePackage(
    'lean-qr',
    "export { generate } from 'lean-qr'; export { toSvgSource } from 'lean-qr/extras/svg';",
  );
}

async function bundlePackage(name: string, contents: string): Promise<string> {
  const { version } = readPackage(`node_modules/${name}/package.json`);
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: '.' },
    plugins: [noCrypto],
    banner: { js: `// ${name} ${version}, made by npm run assets. NOTICE has its licence.` },
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    write: false,
  });
  const [file] = outputFiles;
  if (file === undefined) throw new TypeError('esbuild has made no file');
  return file.text;
}

/** The binary form of `file`, WebAssembly in its text form. */
export async function assembleWasm(file: string): Promise<Uint8Array> {
  const { parseWat } = await wabt();
  const module = parseWat(file, readFileSync(file, 'utf8'), { bulk_memory: true });
  try {
    module.validate();
    return module.toBinary({}).buffer;
  } finally {
    module.destroy();
  }
}

function readPackage(file: string): { version: string } {
  const parsed: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (typeof parsed !== 'object' || parsed === null || !('version' in parsed) || typeof parsed.version !== 'string')
    throw new TypeError(`${file} names no version`);
  return { version: parsed.version };
}
