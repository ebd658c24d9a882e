import net from 'node:net';

/** The first free port from `port` on. */
export async function findFreePort(port: number): Promise<number> {
  return (await isFree(port)) ? port : findFreePort(port + 1);
}

/** Whether nothing listens on `port` at any address that `localhost` may mean. */
export async function isFree(port: number): Promise<boolean> {
  if (!Number.isInteger(port) || port < 1 || port > 65_535) return false;
  const addresses = await Promise.all(['127.0.0.1', '::1'].map((host) => isListening(host, port)));
  return !addresses.some(Boolean);
}

function isListening(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(port, host);
    socket.on('error', () => resolve(false));
    socket.on('connect', () => {
      socket.destroy();
      resolve(true);
    });
  });
}
