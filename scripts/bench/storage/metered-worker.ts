// A Worker that passes everything on to another one, and records what that one asks of D1 and KV.
import { env, withEnv } from 'cloudflare:workers';
import { createMeter } from './meter.ts';
import { meterD1 } from './metered-d1.ts';
import { meterKv } from './metered-kv.ts';

/** Where the Worker tells the calls since the last time. No service has this route. */
const CALLS_PATH = '/storage-calls';

const meter = createMeter();

const meteredEnv = Object.fromEntries<unknown>(
  Object.entries<unknown>({ ...env }).map(([name, binding]) => [name, meterBinding(binding)]),
);

/** A service may read its bindings as soon as it is imported. */
const { default: service } = await inMeteredEnv(() => import('metered-service'));

function fetch(request: Request<unknown, IncomingRequestCfProperties>, _: unknown, context: ExecutionContext) {
  if (new URL(request.url).pathname === CALLS_PATH) return Response.json(meter.take());
  return inMeteredEnv(() => service.fetch(request, meteredEnv, context));
}

function scheduled(controller: ScheduledController, _: unknown, context: ExecutionContext) {
  return inMeteredEnv(() => service.scheduled?.(controller, meteredEnv, context));
}

// oxlint-disable-next-line import/no-default-export -- A Worker's handlers are its default export.
export default { fetch, scheduled };

/** Does `work`, to which the `env` of `cloudflare:workers` is the metered one. */
function inMeteredEnv<T>(work: () => T | Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const settle = async () => resolve(await work());
    withEnv(meteredEnv, () => settle().catch(reject));
  });
}

function meterBinding(binding: unknown): unknown {
  if (isDatabase(binding)) return meterD1(binding, meter);
  return isNamespace(binding) ? meterKv(binding, meter) : binding;
}

function isDatabase(binding: unknown): binding is D1Database {
  return has(binding, 'prepare') && has(binding, 'batch');
}

function isNamespace(binding: unknown): binding is KVNamespace {
  return has(binding, 'getWithMetadata') && has(binding, 'put');
}

function has(value: unknown, name: string): boolean {
  return typeof value === 'object' && value !== null && name in value;
}
