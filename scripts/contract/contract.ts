// npm run contract: proves that the OpenAPI document is one that other people's tools accept and can use.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Command, refuseArguments } from '../command.ts';
import { installPackage } from '../harness/install.ts';
import { stopAll } from '../harness/process.ts';
import { startService } from '../harness/service.ts';
import { lint, validate } from './check-document.ts';
import { generateClient, runClient } from './generated-client.ts';
import { TOOLS } from './tools.ts';

export const command: Command = {
  usage: `npm run contract

Checks assets/openapi.json with two validators, and with Spectral's rules and OWASP's: a warning fails too. Generates a
client with Orval, compiles it under strict TypeScript, and calls the four routes of a running service with it. The first
run installs these tools in scripts/contract/tools.`,

  run: async (args) => {
    refuseArguments(args);
    installPackage(TOOLS, 'the tools in scripts/contract/tools');
    validate();
    lint();
    const folder = mkdtempSync(join(tmpdir(), 'latchkey-contract-'));
    try {
      const { url, stop } = await startService({ state: join(folder, 'state'), isQuiet: true });
      generateClient(join(folder, 'client'), url);
      runClient(join(folder, 'client'));
      await stop();
    } finally {
      await stopAll();
      rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
    }
  },
};
