import type { Config } from '../../config/config.ts';
import { Refusal } from '../../errors.ts';

/** The audience that `resource` names (RFC 8707, section 2), or `AUDIENCE`. Refuses with `invalid_target`. */
export function audienceOf(resource: string | undefined, { audience, resources }: Config): string {
  if (resource === undefined) return audience;
  if (resource !== audience && !resources.includes(resource)) throw new Refusal('invalid_target');
  return resource;
}
