import { createMachine, type Machine } from 'latchkey-client/machine';

/** A request that the machine sent: the fields of its form, and its headers. */
export type Seen = { url: string; form: Record<string, string>; headers: Headers; init: RequestInit };

export type Answer = () => Response | Promise<Response>;

export const url = 'https://auth.example.org';
export const credentials = { url, clientId: 'reports', clientSecret: 'a b+ü:%/' };

/** A response of the token endpoint. */
export const issue = (accessToken: string, expiresIn = 900): Response =>
  Response.json({ access_token: accessToken, token_type: 'Bearer', expires_in: expiresIn, scope: 'reports:read' });

/** A refusal of the token endpoint. */
export const refuse =
  (status: number, error: string, headers: Record<string, string> = {}): Answer =>
  () =>
    Response.json({ error, error_description: `About ${error}.` }, { status, headers });

/** The responses that never come. */
export const lost: Answer = () => Promise.reject(new TypeError('fetch failed'));
export const never: Answer = () => new Promise<Response>(() => undefined);

/**
 * A machine whose requests for tokens get these answers, one each, and then token-1, token-2 and so on; its clock; and
 * the requests. Those to other URLs get what `respond` makes.
 */
export function startMachine(
  options: object = {},
  {
    answers = [],
    respond = () => new Response('ok'),
  }: { answers?: Answer[]; respond?: (request: Request) => Response | Promise<Response> } = {},
) {
  const left = [...answers];
  const seen: Seen[] = [];
  const calls: { url: string; token: string | null; body: string }[] = [];
  let issued = 0;
  let time = 1_800_000_000_000;
  const send = async (input: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    const request = new Request(input, init);
    const text = new TextDecoder().decode(await request.arrayBuffer());
    if (!request.url.startsWith(`${url}/`)) {
      calls.push({ url: request.url, token: request.headers.get('Authorization'), body: text });
      return respond(request);
    }
    const form = Object.fromEntries(new URLSearchParams(text));
    seen.push({ url: request.url, form, headers: request.headers, init });
    const answer = left.shift();
    return answer === undefined ? issue(`token-${(issued += 1)}`) : answer();
  };
  const given = { ...credentials, fetch: send, now: () => new Date(time), ...options };
  const machine: Machine = Reflect.apply(createMachine, undefined, [given]);
  return { machine, seen, calls, pass: (seconds: number) => void (time += seconds * 1000) };
}
