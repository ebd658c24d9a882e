import { createLogTransport } from './log.ts';
import type { Transport } from './mail.ts';

/** Which transport, and what it needs. */
export type TransportConfig = { kind: 'log' };

/** The transport that the configuration names. `bindings` has the `MAIL` of `cloudflare`. */
export function openTransport(config: TransportConfig, _bindings: object): Transport {
  switch (config.kind) {
    case 'log':
      return createLogTransport();
  }
}
