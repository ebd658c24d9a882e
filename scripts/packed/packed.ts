// npm run test:package: packs the client package, and uses it as its users do.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Command, refuseArguments } from '../command.ts';
import { stopAll } from '../harness/process.ts';
import { runBackEnds } from './back-ends.ts';
import { checkContents, importWithoutPeers } from './contents.ts';
import { findMachineNode } from './machine-node.ts';
import { packClient } from './tarball.ts';

export const command: Command = {
  usage: `npm run test:package

Packs packages/client as npm publish would, installs it in empty projects, checks their types, and runs the examples for
back ends there, with a real Latchkey. Express runs on the Node of this machine, if that is 20 or newer.`,

  run: async (args) => {
    refuseArguments(args);
    const state = mkdtempSync(join(tmpdir(), 'latchkey-packed-'));
    try {
      const node = findMachineNode();
      const tarball = packClient(state);
      checkContents(tarball);
      importWithoutPeers(tarball, node, state);
      await runBackEnds(tarball, node, state);
    } finally {
      await stopAll();
      rmSync(state, { recursive: true, force: true, maxRetries: 10 });
    }
  },
};
