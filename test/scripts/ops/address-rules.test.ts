import { describe, expect, it } from 'vitest';
import { findAddressProblems } from '../../../scripts/ops/address-rules.ts';

const name = 'latchkey';
const issuer = 'https://auth.example.org';
const byRoutes = (...routes: Parameters<typeof findAddressProblems>[0]['routes']) =>
  findAddressProblems({ name, workers_dev: false, routes }, issuer);
const unserved = [{ field: 'ISSUER', problem: expect.stringContaining('compare it with each pattern in routes') }];

describe('the host of the issuer', () => {
  it.each([
    [{ pattern: 'auth.example.org', custom_domain: true }],
    [{ pattern: 'Auth.Example.org', custom_domain: true, enabled: true }],
    [{ pattern: 'auth.example.org/*' }],
    [{ pattern: 'https://auth.example.org/*' }],
    [{ pattern: '*.example.org/*' }],
    [{ pattern: '*example.org/*' }],
    [{ pattern: '*/*' }],
  ])('is served by %j', (route) => {
    expect(byRoutes(route)).toEqual([]);
    expect(byRoutes({ pattern: 'other.example.com', custom_domain: true }, route)).toEqual([]);
  });

  it.each([
    [{ pattern: 'auth-staging.example.org', custom_domain: true }],
    [{ pattern: 'example.org', custom_domain: true }],
    [{ pattern: 'auth.example.org', custom_domain: true, enabled: false }],
    // This pattern matches only the page at `/`.
    [{ pattern: 'auth.example.org' }],
    [{ pattern: 'auth.example.org/' }],
    [{ pattern: 'auth.example.org/auth/*' }],
    [{ pattern: 'http://auth.example.org/*' }],
    [{ pattern: 'authxexample.org/*' }],
    [{ pattern: '*.auth.example.org/*' }],
  ])('is not served by %j', (route) => {
    expect(byRoutes(route)).toEqual(unserved);
  });

  it('must be the one of this Worker while workers.dev is the only way in', () => {
    const onWorkersDev = (host: string) =>
      findAddressProblems({ name: 'latchkey-staging', workers_dev: true, routes: [] }, `https://${host}`);
    const problem = 'must be https://latchkey-staging.SUBDOMAIN.workers.dev while workers.dev is the only way in';
    expect(onWorkersDev('latchkey-staging.me.workers.dev')).toEqual([]);
    for (const host of ['latchkey.me.workers.dev', 'latchkey-staging.workers.dev', 'auth.example.org'])
      expect(onWorkersDev(host)).toEqual([{ field: 'ISSUER', problem }]);
  });

  it('does not matter while nobody can reach the service, or while it is no URL', () => {
    expect(byRoutes()).toEqual([{ field: 'routes', problem: expect.stringContaining('nobody can reach the service') }]);
    const routes = [{ pattern: 'auth.example.org', custom_domain: true }];
    for (const wrong of ['', 'auth.example.org', 1, undefined])
      expect(findAddressProblems({ name, workers_dev: false, routes }, wrong)).toEqual([]);
  });
});
