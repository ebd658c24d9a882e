import { z } from '@hono/zod-openapi';

/** A response in JSON, as a route declares it. */
export function json<const S extends z.ZodType>(schema: S, description: string) {
  return { content: { 'application/json': { schema } }, description };
}

/** The body of a success that has nothing to hand out. */
export const messageResponse = z.object({ status: z.literal('success'), message: z.string() }).openapi('Success');

/** The body of a success, as `messageResponse` declares it. */
export const shapeMessage = (message: string): z.infer<typeof messageResponse> => ({ status: 'success', message });
