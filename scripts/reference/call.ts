import { z } from 'zod';
import type { Media, OpenApi, Operation } from './open-api.ts';
import { samplesOf } from './sample.ts';
import { resolve, type Schemas } from './schema.ts';

const FORM = 'application/x-www-form-urlencoded';

const record = z.record(z.string(), z.unknown());

/** A call of `operation` with curl. `$LATCHKEY` is the address of the service, and secrets are variables too. */
export function callOf(operation: Operation, { components }: OpenApi): string {
  const { method, security, requestBody } = operation;
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => `$${name.toUpperCase()}`);
  const schemes = new Set(Object.keys(security[0] ?? {}).map((name) => components.securitySchemes[name]?.scheme));
  const [body] = Object.entries(requestBody?.required === true ? requestBody.content : {});
  const usual = body === undefined ? 'get' : 'post';
  return [
    `curl -i ${method === usual ? '' : `-X ${method.toUpperCase()} `}"$LATCHKEY${path}"`,
    ...(schemes.has('bearer') ? ['-H "Authorization: Bearer $TOKEN"'] : []),
    ...(schemes.has('basic') ? ['-u "$CLIENT_ID:$CLIENT_SECRET"'] : []),
    ...(body === undefined ? [] : dataOf(...body, components.schemas)),
  ].join(' \\\n  ');
}

function dataOf(type: string, media: Media, schemas: Schemas): string[] {
  const value = samplesOf(media, schemas)[0]?.value;
  if (type !== FORM) return [`-H ${quote(`Content-Type: ${type}`)}`, `-d ${quote(JSON.stringify(value))}`];
  const required = media.schema === undefined ? [] : resolve(media.schema, schemas).required;
  const fields = Object.entries(record.parse(value)).filter(([name]) => required.includes(name));
  return fields.map(([name, field]) => `--data-urlencode ${quote(`${name}=${String(field)}`)}`);
}

/** Text as one word of a POSIX shell. */
function quote(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
