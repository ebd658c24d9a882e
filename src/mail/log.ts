import { printLine } from '../log.ts';
import type { Transport } from './mail.ts';

/**
 * Prints mails, for development. The configuration refuses it for a service that is not on localhost. `explorer` gets
 * each mail too, whatever becomes of it there.
 */
export function createLogTransport(explorer: Transport | undefined): Transport {
  return {
    async send(mail) {
      printLine(`\nMail to ${mail.to}: ${mail.subject}\n\n${mail.text}`);
      await explorer?.send(mail);
      return 'sent';
    },
  };
}
