import type { Admin } from '../admin/client.ts';
import { toChunks } from './chunks.ts';
import { findsRepeated } from './known-addresses.ts';
import { importChunk, type Outcome } from './outcomes.ts';
import type { Row } from './read-users.ts';
import { type Sending, startSender } from './send.ts';
import { startTally, type Tally } from './tally.ts';

type Work = Sending & {
  resetUnsupported: boolean;
  /** Hears of each chunk that is done, before it is reported. */
  onChunk: (outcomes: Outcome[]) => void;
  /** Prints a line about a row that is not taken. */
  print: (line: string) => void;
  /** Hears how far it is, after each report. */
  onProgress: (tally: Tally) => void;
  /** Whether to stop after the chunk that is under way. */
  isStopped: () => boolean;
};

/**
 * Sends `rows` to the service, chunk after chunk, and prints a line for each that is not taken. Returns what came of them,
 * the error that stopped it, and whether the service has answered.
 */
export async function importUsers(admin: Admin, rows: AsyncIterable<Row>, work: Work) {
  const tally = startTally();
  const { send, hasAnswered } = startSender(admin, work);
  try {
    for await (const chunk of toChunks(mark(rows))) {
      const { outcomes, schemes } = await importChunk(send, chunk, work.resetUnsupported);
      tally.add(outcomes, schemes);
      work.onChunk(outcomes);
      for (const { place, outcome, faults } of outcomes)
        if (outcome === 'refused') work.print(`${place}: ${faults.join(' ')}`);
      work.onProgress(tally);
      if (work.isStopped()) break;
    }
    return { tally, error: undefined, hasAnswered: hasAnswered() };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { tally, error, hasAnswered: hasAnswered() };
  }
}

async function* mark(rows: AsyncIterable<Row>): AsyncGenerator<Row> {
  const check = findsRepeated();
  for await (const row of rows) yield check(row);
}
