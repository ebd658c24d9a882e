import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';

/** Lets this process import `.txt` files as strings, as wrangler's bundler does for the Worker. */
export function loadTextModules(): void {
  registerHooks({
    load(url, context, next) {
      if (!url.endsWith('.txt')) return next(url, context);
      const text = readFileSync(fileURLToPath(url), 'utf8');
      return { format: 'module', shortCircuit: true, source: `export default ${JSON.stringify(text)}` };
    },
  });
}
