import { DOCUMENT, runTool } from './tools.ts';

const SPECTRAL = 'node_modules/@stoplight/spectral-cli/dist/index.js';

/** Checks the document with two validators. */
export function validate(): void {
  runTool(['validate.js', DOCUMENT], 'assets/openapi.json is not a valid OpenAPI 3.1 document.');
  console.log('ok: two validators accept the document');
}

/** Checks it with the rules of `tools/spectral.yaml`. */
export function lint(): void {
  runTool(
    [SPECTRAL, 'lint', DOCUMENT, '--ruleset', 'spectral.yaml', '--fail-severity', 'hint', '--quiet'],
    'Spectral has complaints about assets/openapi.json.',
  );
  console.log("ok: Spectral's rules and OWASP's find nothing");
}
