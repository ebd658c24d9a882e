import type { Device } from '../session/session.ts';

/** Where a registration or a login comes from: the session keeps the device, attempts are counted by the network. */
export type LoginOrigin = { device: Device; network: string };
