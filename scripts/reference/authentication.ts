import { html } from 'hono/html';
import { type Html, join } from './html.ts';
import { markdown } from './markdown.ts';
import type { OpenApi, Operation } from './open-api.ts';
import { linkTo } from './anchors.ts';

type Scheme = OpenApi['components']['securitySchemes'][string];

/** Who may call `operation`, with a link to each way to authenticate. */
export function nameCallers({ security, 'x-who': who }: Operation, { components }: OpenApi): Html {
  const names = [...new Set(security.flatMap(Object.keys))];
  const links = names.flatMap((name) => {
    const scheme = components.securitySchemes[name];
    return scheme === undefined ? [] : [html`<a href="#${schemeId(name)}">${titleOf(name, scheme).toLowerCase()}</a>`];
  });
  if (links.length === 0) return html`${who ?? 'anyone'}`;
  const callers = join(links, ' or ');
  return who === undefined ? callers : html`${who} (${callers})`;
}

/** How to authenticate: the way from a login to a call, and each scheme. */
export function renderAuthentication({ components }: OpenApi): Html {
  const schemes = Object.entries(components.securitySchemes).map(
    ([name, scheme]) =>
      html`<h3 id="${schemeId(name)}">${titleOf(name, scheme)} ${linkTo(schemeId(name), titleOf(name, scheme))}</h3>
        ${markdown(scheme.description ?? usual(scheme))}`,
  );
  return html`<section aria-labelledby="authentication">
    <h2 id="authentication">How to authenticate ${linkTo('authentication', 'how to authenticate')}</h2>
    ${markdown(STEPS)}${schemes}
  </section>`;
}

const STEPS = `In the calls on this page, \`$LATCHKEY\` is the address of the service: the address of this page without \`/docs\`.

- **Register or log in.** The response has an access token, \`auth_token\`, and a refresh token.
- **Send the access token** with each call: \`Authorization: Bearer …\`. It lives for \`expires_in\` seconds.
- **Refresh** before it expires. The refresh token is replaced too: keep the new one.
- **Log out.** The session is over, and its tokens with it.`;

const schemeId = (name: string) => `auth-${name}`;

const titleOf = (name: string, { scheme }: Scheme) =>
  ({ bearer: 'Access token', basic: 'Client credentials' })[scheme ?? ''] ?? name;

const usual = ({ scheme }: Scheme) =>
  ({
    bearer: 'Send the access token in the header: `Authorization: Bearer …` (RFC 6750).',
    basic:
      'Send the id and the secret of the client in the header (HTTP Basic), or both in the form (RFC 6749, section 2.3.1).',
  })[scheme ?? ''];
