import { mutantsOf } from '../mutant.ts';

const GUARDS = 'test/rules/guards.test.ts';
const OAUTH = 'test/flows/oauth/clients.test.ts';
const BAD_INPUT = ['test/flows/service/bad-input.test.ts', 'test/flows/service/bad-requests.test.ts'];
const HEADERS = ['test/flows/service/headers.test.ts', 'test/flows/service/cors.test.ts'];
const REQUEST_LOG = 'test/flows/service/request-log.test.ts';
const RATE_LIMITS = 'test/flows/service/rate-limits.test.ts';
const SESSIONS = 'test/flows/session/sessions.test.ts';

export const http = [
  ...mutantsOf(
    'src/http/middleware/require-client.ts',
    [GUARDS],
    [
      {
        breaks: 'clients are not authenticated',
        find: "await authenticateClient(c.get('deps'), readClientProof(c, form))",
        replace: '{ isConfigured: true, id: String(readClientProof(c, form).id) }',
      },
    ],
  ),
  ...mutantsOf(
    'src/http/request/client-credentials.ts',
    [OAUTH],
    [
      {
        breaks: 'a client may send its secret in header and form at once',
        find: 'if (ways.length > 1) throw',
        replace: 'if (ways.length > 9) throw',
      },
    ],
  ),
  ...mutantsOf(
    'src/http/request/form-body.ts',
    [OAUTH],
    [
      {
        breaks: 'a form parameter may come twice',
        find: 'new Set(form.keys()).size < form.size',
        replace: 'form.size > 1000',
      },
    ],
  ),
  ...mutantsOf(
    'src/http/request/body.ts',
    [...BAD_INPUT],
    [
      {
        breaks: 'invalid UTF-8 is replaced, so two passwords may be the same',
        find: 'fatal: true',
        replace: 'fatal: false',
      },
      {
        breaks: 'a JSON route accepts content types that need no preflight',
        find: "if (isOther || c.req.header('Content-Encoding'))",
        replace: "if (c.req.header('Content-Encoding'))",
      },
    ],
  ),
  ...mutantsOf(
    'src/http/request/body.ts',
    [...BAD_INPUT],
    [
      {
        breaks: 'a body may be a byte longer than 16 KiB',
        find: "'application/json': { maxBytes: 16 * KIB",
        replace: "'application/json': { maxBytes: 16 * KIB + 1",
      },
      {
        breaks: 'an import may be a byte longer than 1 MiB',
        find: '1024 * KIB',
        replace: '1024 * KIB + 1',
      },
      {
        breaks: 'a body without Content-Length has no limit',
        find: 'if (bytes.byteLength <= maxBytes) return bytes;',
        replace: 'return bytes;',
      },
    ],
  ),
  ...mutantsOf(
    'src/http/request/bearer.ts',
    ['test/flows/session/hostile-tokens.test.ts', 'test/flows/account/status.test.ts'],
    [],
  ),
  ...mutantsOf(
    'src/http/request/credentials.ts',
    [...BAD_INPUT, 'test/flows/account/register.test.ts'],
    [
      {
        breaks: 'a password of any length is hashed',
        find: 'if (fault !== undefined) context.issues.push',
        replace: "if (fault === '') context.issues.push",
      },
    ],
  ),
  ...mutantsOf(
    'src/http/response/refuse.ts',
    [...HEADERS, OAUTH],
    [
      {
        breaks: 'a 401 has no challenge',
        find: 'if (status === 401 || isAboutScope(code))',
        replace: 'if (isAboutScope(code))',
      },
      {
        breaks: 'the challenge for clients names the scheme Bearer',
        find: "if (code === 'invalid_client') return",
        replace: "if (code === 'not_found') return",
      },
    ],
  ),
  ...mutantsOf(
    'src/http/on-error.ts',
    ['test/flows/account/enumeration.test.ts'],
    [
      {
        breaks: 'a response tells the reason that is for the log only',
        find: 'error instanceof Refusal ? error : {}',
        replace: "error instanceof Refusal ? { errors: [{ path: '', message: error.reason ?? '' }] } : {}",
      },
    ],
  ),
  ...mutantsOf(
    'src/http/guarded-route.ts',
    ['test/rules/refusals.test.ts'],
    [
      {
        breaks: 'routes do not check their body',
        find: 'checkBody(type === reads ? undefined : type),',
        replace: '',
        tests: ['test/http/endpoint.test.ts'],
      },
      {
        breaks: 'a refusal takes the place of a success with the same status',
        find: 'if (twice !== undefined) throw',
        replace: 'if (twice === null) throw',
        tests: ['test/http/endpoint.test.ts'],
      },
      {
        breaks: 'routes do not declare the refusals of their guard',
        find: '...guardRefuses, ...refuses]',
        replace: '...refuses]',
      },
      {
        breaks: 'routes have no budget',
        find: 'limitRequests(budget),',
        replace: '',
      },
    ],
  ),
  ...mutantsOf(
    'src/http/middleware/check-body.ts',
    ['test/http/endpoint.test.ts'],
    [
      {
        breaks: 'a JSON body may be any octets',
        find: "if (type === 'application/json') await checkJsonBody(c);",
        replace: '',
      },
      {
        breaks: 'a form may be any octets',
        find: "if (type === 'application/x-www-form-urlencoded') await readForm(c);",
        replace: '',
      },
    ],
  ),
  ...mutantsOf(
    'src/http/middleware/allow-origins.ts',
    [...HEADERS],
    [
      {
        breaks: 'CORS allows every origin',
        find: "policy.allowsAny ? '*' : (origin) => (policy.allows(origin) ? origin : null)",
        replace: "'*'",
      },
      {
        breaks: 'CORS allows credentials',
        find: "allowMethods: ['GET', 'POST', 'PATCH', 'DELETE'],",
        replace: "allowMethods: ['GET', 'POST', 'PATCH', 'DELETE'],\n      credentials: true,",
      },
    ],
  ),
  ...mutantsOf(
    'src/http/middleware/response-headers.ts',
    [...HEADERS],
    [
      {
        breaks: 'caches may store responses with tokens',
        find: "'Cache-Control': 'no-store'",
        replace: "'Cache-Control': 'private'",
      },
    ],
  ),
  ...mutantsOf(
    'src/http/middleware/request-log.ts',
    [REQUEST_LOG],
    [
      {
        breaks: 'the log has the requested path with its ids',
        find: "matchedRoutes(c).find(({ path }) => path !== '/*')?.path ?? 'none'",
        replace: 'c.req.path',
      },
      {
        breaks: 'a security event is logged at level info',
        find: 'levelOf(c.res.status, securityEvents.length > 0)',
        replace: 'levelOf(c.res.status, false)',
        tests: ['test/flows/session/refresh-reuse.test.ts'],
      },
    ],
  ),
  ...mutantsOf(
    'src/log.ts',
    [REQUEST_LOG],
    [
      {
        breaks: 'the log has the message of an unexpected error',
        find: 'reason: `bug: ${error.name}`',
        replace: 'reason: `bug: ${error.message}`',
      },
    ],
  ),
  ...mutantsOf(
    'src/http/request/network.ts',
    [RATE_LIMITS, 'test/flows/login/guessing.test.ts'],
    [
      {
        breaks: 'a header of the client chooses the network that is counted',
        find: "c.req.header('CF-Connecting-IP')",
        replace: "(c.req.header('X-Forwarded-For') ?? c.req.header('CF-Connecting-IP'))",
      },
      {
        breaks: 'each address of an IPv6 /64 counts by itself',
        find: '{ ipv4: 32, ipv6: 64 }) ??',
        replace: "{ ipv4: 32, ipv6: 64 }) && c.req.header('CF-Connecting-IP') ||",
      },
    ],
  ),
  ...mutantsOf(
    'src/http/request/login-origin.ts',
    [SESSIONS],
    [{ breaks: 'a session stores the whole IP address', find: 'ipv4: 24, ipv6: 48', replace: 'ipv4: 32, ipv6: 48' }],
  ),
  ...mutantsOf(
    'src/http/middleware/limit-requests.ts',
    [RATE_LIMITS],
    [
      {
        breaks: 'no route uses its budget',
        find: "await takeRequest(c.get('deps'), budget, networkOf(c));",
        replace: '',
      },
    ],
  ),
];
