import { readFileSync } from 'node:fs';

/** A file that is generated and committed: its path from the top of the project, and what makes its text. */
export type GeneratedFile = { file: string; make: () => Promise<string> | string };

/** Each imports its maker late, so that `--help` loads none of them. */
export const generatedFiles: GeneratedFile[] = [
  {
    file: 'assets/openapi.json',
    make: async () => {
      const { makeDocument } = await import('../openapi/document.ts');
      return `${JSON.stringify(await makeDocument(), null, 2)}\n`;
    },
  },
  {
    file: 'assets/docs.html',
    make: async () => {
      const { makeDocument } = await import('../openapi/document.ts');
      const { renderPage } = await import('../reference/page.ts');
      return renderPage(await makeDocument());
    },
  },
  { file: 'assets/docs.css', make: () => readFileSync('scripts/reference/docs.css', 'utf8') },
];
