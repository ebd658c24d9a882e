import { Failure } from '../../command.ts';
import type { Admin } from '../admin/client.ts';
import { waitAfter } from '../admin/passing.ts';
import { ServiceRefusal } from '../admin/service-error.ts';
import type { Imported } from '../admin/shapes.ts';

/** Seconds between the attempts to send a chunk. */
const PAUSES = [1, 2, 4, 8, 16];
/** The same, while no Latchkey has answered yet: the address may be wrong, and then no wait helps. */
const FIRST_PAUSES = [1];

/**
 * How to send. `wait` ends after so many seconds, and `onFailure` hears of an attempt that is made again, and whether the
 * service has answered before.
 */
export type Sending = {
  isDry: boolean;
  wait: (seconds: number) => Promise<void>;
  onFailure: (error: unknown, seconds: number, hasAnswered: boolean) => void;
};

/** Sends lines. Throws as the admin API does. */
export type Send = (lines: string[]) => Promise<Imported>;

/**
 * `send` sends lines in one call, and again while the service does not answer, fails, or asks to wait. Sending a line twice
 * changes nothing. `hasAnswered` says whether a Latchkey has answered so far, be it with a refusal.
 */
export function startSender(admin: Admin, { isDry, wait, onFailure }: Sending) {
  let hasAnswered = false;
  const send: Send = async (lines) => {
    for (let attempt = 0; ; attempt += 1) {
      try {
        const answer = await admin.importUsers(lines, { isDry });
        hasAnswered = true;
        if (answer.data.length === lines.length) return answer;
        throw new Failure('The response of the service does not have a result for each line.');
      } catch (error) {
        hasAnswered ||= error instanceof ServiceRefusal && error.said.code !== undefined;
        const usual = (hasAnswered ? PAUSES : FIRST_PAUSES)[attempt];
        const seconds = usual === undefined ? undefined : waitAfter(error, usual);
        if (seconds === undefined) throw error;
        onFailure(error, seconds, hasAnswered);
        await wait(seconds);
      }
    }
  };
  return { send, hasAnswered: () => hasAnswered };
}
