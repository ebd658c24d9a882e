import { join } from 'node:path';
import { apacheIntrospecting, apacheWithKeys } from './apache.ts';
import type { Proxy } from './proxy.ts';

const nginx: Proxy = {
  title: 'nginx',
  programs: ['nginx'],
  unreachable: 503,
  asks: 'verify',
  files: {
    'main.conf': `
      daemon off;
      pid nginx.pid;
      error_log stderr crit;
      events {}
      http {
        access_log off;
        client_body_temp_path body;
        proxy_temp_path proxy;
        fastcgi_temp_path fastcgi;
        uwsgi_temp_path uwsgi;
        scgi_temp_path scgi;
        include nginx.conf;
      }`,
  },
  args: (folder) => ['-p', folder, '-e', 'stderr', '-c', join(folder, 'main.conf')],
};

const caddy: Proxy = {
  title: 'Caddy',
  programs: ['caddy'],
  unreachable: 502,
  asks: 'verify',
  files: {
    'main.Caddyfile': `{
	admin off
	auto_https off
	default_bind 127.0.0.1
}
import Caddyfile
`,
  },
  args: (folder) => ['run', '--adapter', 'caddyfile', '--config', join(folder, 'main.Caddyfile')],
};

const haproxy: Proxy = {
  title: 'HAProxy',
  programs: ['haproxy'],
  unreachable: 503,
  asks: 'verify',
  files: { 'main.cfg': 'global\n    httpclient.ssl.ca-file "${SSL_CERT_FILE}"\n' },
  args: (folder) => ['-q', '-db', '-f', join(folder, 'main.cfg'), '-f', join(folder, 'haproxy.cfg')],
};

export const proxies: readonly Proxy[] = [nginx, caddy, haproxy, apacheIntrospecting, apacheWithKeys];
