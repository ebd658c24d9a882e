import { build } from 'esbuild';

/**
 * The script of the playground and the client in one file. It is not minified, so that you can read it in a browser.
 * The client comes from its sources, because its build may be older than they are.
 */
export async function bundlePlayground(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: ['packages/playground/src/main.ts'],
    alias: { 'latchkey-client': './packages/client/src/index.ts' },
    bundle: true,
    format: 'esm',
    target: 'es2022',
    charset: 'utf8',
    write: false,
  });
  const [file] = outputFiles;
  if (file === undefined) throw new TypeError('esbuild has made no file');
  return file.text;
}
