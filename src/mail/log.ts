import { printLine } from '../log.ts';
import type { Transport } from './mail.ts';

/** Prints mails, for development. The configuration refuses it for a service that is not on localhost. */
export function createLogTransport(): Transport {
  return {
    async send({ to, subject, text }) {
      printLine(`\nMail to ${to}: ${subject}\n\n${text}\n`);
      return 'sent';
    },
  };
}
