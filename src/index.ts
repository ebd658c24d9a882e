import { createApp } from './http/app.ts';
import { wire } from './wire.ts';

const app = createApp(wire);

export default { fetch: app.fetch } satisfies ExportedHandler<Env>;
