import type { Deps } from '../../src/domain/deps.ts';
import type { Letter } from '../../src/mail/letter.ts';
import { startService } from './service.ts';

type Outcome = Awaited<ReturnType<NonNullable<Deps['mailer']>['send']>>;

/**
 * The service with mail. `letters` are those that it has sent, the oldest first. `meet` says what becomes of the next
 * ones.
 */
export function startWithMail(options: { env?: object; deps?: Partial<Deps> } = {}) {
  const letters: Letter[] = [];
  let outcomes: Outcome[] = [];
  const mailer: Deps['mailer'] = {
    send: async (letter) => {
      letters.push(letter);
      return outcomes.shift() ?? 'sent';
    },
  };
  const env = { MAIL_TRANSPORT: 'log', ...options.env };
  const service = startService({ env, deps: { mailer, ...options.deps } });
  return {
    ...service,
    letters,
    mailer,
    meet: (...next: Outcome[]) => void (outcomes = next),
    /** The newest letter to `to` under `name`. */
    letter: (name: Letter['name'], to?: string): Letter => {
      const found = letters.findLast((each) => each.name === name && (to === undefined || each.to === to));
      if (found === undefined)
        throw new Error(`no letter ${name} among ${letters.map((each) => each.name).join(', ')}`);
      return found;
    },
  };
}

/** The token of a letter. */
export const tokenOf = ({ proof }: Letter): string => proof?.token ?? '';

/** The code of a letter. */
export const codeOf = ({ proof }: Letter): string => proof?.code?.digits ?? '';
