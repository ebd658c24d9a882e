/** A file that is generated and committed: its path from the top of the project, and what makes its content. */
export type GeneratedFile = { file: string; make: () => Promise<string | Uint8Array> | string };

/** Each imports its maker late, so that `--help` loads none of them. */
export const generatedFiles: GeneratedFile[] = [
  {
    file: 'assets/openapi.json',
    make: async () => `${JSON.stringify(await loadDocument(), null, 2)}\n`,
  },
  {
    file: 'docs/reference/routes.md',
    make: async () => {
      const { makeRoutesPage } = await import('../openapi/routes-page.ts');
      return makeRoutesPage(await loadDocument());
    },
  },
  {
    file: 'assets/docs.html',
    make: async () => {
      const { renderPage } = await import('../reference/page.ts');
      return renderPage(await loadDocument());
    },
  },
  {
    file: 'assets/playground.js',
    make: async () => (await import('./bundle-page.ts')).bundlePage('packages/playground/src/main.ts'),
  },
  {
    file: 'assets/account.js',
    make: async () => (await import('./bundle-page.ts')).bundlePage('packages/account/src/main.ts', { minify: true }),
  },
  {
    file: 'assets/security.js',
    make: async () =>
      (await import('./bundle-page.ts')).bundlePage('packages/account/src/security/main.ts', { minify: true }),
  },
  {
    file: 'src/crypto/modules/bcryptjs.mjs',
    make: async () => (await import('./late-modules.ts')).bundleBcrypt(),
  },
  {
    file: 'src/crypto/modules/lean-qr.mjs',
    make: async () => (await import('./late-modules.ts')).bundleLeanQr(),
  },
  {
    file: 'src/crypto/modules/pbkdf2.wasm',
    make: async () => (await import('./late-modules.ts')).assembleWasm('src/crypto/modules/pbkdf2.wat'),
  },
];

async function loadDocument() {
  const { makeDocument } = await import('../openapi/document.ts');
  return makeDocument();
}
