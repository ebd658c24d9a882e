import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { DOCUMENT, runTool, TOOLS } from './tools.ts';

const ORVAL = 'node_modules/orval/dist/bin/orval.mjs';

const TSC = join(import.meta.dirname, '..', '..', 'node_modules', 'typescript', 'bin', 'tsc');

/** Makes a client of the service at `url` in `folder` with Orval, and the program that uses it. */
export function generateClient(folder: string, url: string): void {
  cpSync(join(TOOLS, 'fixture'), folder, { recursive: true });
  const env = { DOCUMENT, CLIENT: join(folder, 'client.ts'), SERVICE_URL: url };
  runTool([ORVAL, '--config', 'orval.config.js', '--fail-on-warnings', '--quiet'], 'Orval has complaints.', env);
}

/** Compiles that program, and runs it. */
export function runClient(folder: string): void {
  runTool([TSC, '-p', folder], "Orval's client does not compile under strict TypeScript.");
  console.log("ok: Orval's client compiles under strict TypeScript");
  runTool([join(folder, 'four-routes.ts')], "Orval's client does not work with the service.");
}
