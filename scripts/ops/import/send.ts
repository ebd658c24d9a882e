import { Failure } from '../../command.ts';
import type { Admin } from '../admin/client.ts';
import { waitAfter } from '../admin/passing.ts';
import type { Imported } from '../admin/shapes.ts';

/** Seconds between the attempts to send a chunk. */
const PAUSES = [1, 2, 4, 8, 16];

/** How to send. `wait` ends after so many seconds, and `onFailure` hears of an attempt that is made again. */
export type Sending = {
  isDry: boolean;
  wait: (seconds: number) => Promise<void>;
  onFailure: (error: unknown, seconds: number) => void;
};

/**
 * Sends `lines` in one call, and again while the service does not answer, fails, or asks to wait. Sending a line twice
 * changes nothing. Throws as the admin API does.
 */
export async function send(admin: Admin, lines: string[], { isDry, wait, onFailure }: Sending): Promise<Imported> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      const answer = await admin.importUsers(lines, { isDry });
      if (answer.data.length === lines.length) return answer;
      throw new Failure('The response of the service does not have a result for each line.');
    } catch (error) {
      const usual = PAUSES[attempt];
      const seconds = usual === undefined ? undefined : waitAfter(error, usual);
      if (seconds === undefined) throw error;
      onFailure(error, seconds);
      await wait(seconds);
    }
  }
}
