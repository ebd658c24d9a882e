import { joe, startClock, startService } from './service.ts';

/** The header by which Cloudflare names the address of a caller. */
export const from = (address: string) => ({ 'cf-connecting-ip': address });
export const HOME = '203.0.113.7';
export const STRANGER = '198.51.100.1';

/** Starts the service with a clock, for logins with the right or a wrong password from any network. */
export function startGuessing() {
  const clock = startClock();
  const { post } = startService({ deps: { now: clock.now } });
  const logIn = async (password: string, address: string, email = joe.email) =>
    (await post('/auth/login', { email, password }, from(address))).status;
  return {
    clock,
    logIn,
    register: (email = joe.email) => post('/auth/register', { ...joe, email }, from(HOME)),
    right: (address: string, email?: string) => logIn(joe.password, address, email),
    wrong: async (address: string, times = 1, email?: string) => {
      for (let guess = 0; guess < times; guess += 1) await logIn('wrong password', address, email);
    },
  };
}

/** Addresses in `count` different networks. */
export const networks = (count: number) => Array.from({ length: count }, (_, i) => `192.0.${i >> 8}.${i & 255}`);
