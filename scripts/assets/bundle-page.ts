import { build } from 'esbuild';

/**
 * The script of a page in one file, from its `entry`. The client comes from its sources, because its build may be older
 * than they are. What developers read in a browser stays as it is; `minify` what everybody loads.
 */
export async function bundlePage(entry: string, { minify = false } = {}): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    alias: {
      'latchkey-client': './packages/client/src/index.ts',
      'latchkey-client/admin': './packages/client/src/admin.ts',
    },
    bundle: true,
    minify,
    format: 'esm',
    target: 'es2022',
    charset: 'utf8',
    write: false,
  });
  const [file] = outputFiles;
  if (file === undefined) throw new TypeError('esbuild has made no file');
  return file.text;
}
