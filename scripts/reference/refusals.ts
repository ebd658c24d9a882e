import { html } from 'hono/html';
import { refusals } from '../../src/errors.ts';
import { errorId, linkTo, operationId, schemaId } from './anchors.ts';
import { block, type Html, join } from './html.ts';
import { inline } from './markdown.ts';
import type { Answer, OpenApi, Operation } from './open-api.ts';
import { show } from './sample.ts';
import { resolve, type Schema, type Schemas } from './schema.ts';

const rows = Object.entries(refusals);
const messages: Record<string, string> = Object.fromEntries(rows.map(([code, { message }]) => [code, message]));

/**
 * The refusals that `answer` may be: the codes that its schema names, and those that its examples are named after, since
 * the bodies under `/oauth/` have no code.
 */
export function codesOf({ content }: Answer, schemas: Schemas): string[] {
  const codes = Object.values(content).flatMap(({ schema, examples }) => {
    return [...(schema === undefined ? [] : namedBy(schema, schemas)), ...Object.keys(examples)];
  });
  return [...new Set(codes)].filter((code) => code in messages);
}

/** The codes that the body which `schema` describes may have. */
function namedBy(schema: Schema, schemas: Schemas): string[] {
  const { properties, oneOf = [], anyOf = [] } = resolve(schema, schemas);
  const code = properties['code'] === undefined ? undefined : resolve(properties['code'], schemas);
  const own = [...(code?.enum ?? []), code?.const].filter((value) => typeof value === 'string');
  return [...own, ...[...oneOf, ...anyOf].flatMap((option) => namedBy(option, schemas))];
}

/** The code of the refusal that `schema` describes, if it describes one only. */
export function refusalOf(schema: Schema): string | undefined {
  const code = schema.properties['code']?.const;
  return typeof code === 'string' && code in messages ? code : undefined;
}

/** Refusals with their messages. Each is a link to its row in the table of all. */
export function listCodes(codes: string[]): Html {
  const items = codes.map(
    (code) =>
      html`<li>
        <a href="#${errorId(code)}"><code>${code}</code></a> ${messages[code]}
      </li>`,
  );
  return html`<ul class="codes">
    ${items}
  </ul>`;
}

/** All refusals, and the operations that may refuse with each. */
export function renderErrors({ operations, components }: OpenApi): Html {
  const users = (code: string) =>
    operations.filter(({ responses }) =>
      Object.values(responses).some((answer) => codesOf(answer, components.schemas).includes(code)),
    );
  return html`<section aria-labelledby="errors">
    <h2 id="errors">Errors ${linkTo('errors', 'the errors')}</h2>
    <p>
      Switch on <code>code</code>, which never changes. The <code>message</code> is for people. An invalid body has
      <code>errors</code>, with a path and a message each.
    </p>
    ${block(show(REFUSAL), 'Example of a refusal')}
    <p>Under <code>/oauth/</code>, an error has the shape of RFC 6749:</p>
    ${block(show(OAUTH_ERROR), 'Example of an error under /oauth/')}

    <table>
      <thead>
        <tr>
          <th scope="col">Code</th>
          <th scope="col">Status</th>
          <th scope="col">Message</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ([code, { status, message }]) =>
            html`<tr id="${errorId(code)}">
              <th scope="row">${nameSchema(code, components.schemas)}</th>
              <td>${status}</td>
              <td>${message}${describe(code, components.schemas)}${listUsers(users(code), operations)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </section>`;
}

/** The code, with the id of the schema of its body. */
function nameSchema(code: string, schemas: Schemas): Html {
  const [name] = Object.entries(schemas).find(([, schema]) => refusalOf(schema) === code) ?? [];
  // A code may break after each word, so that the table fits a phone.
  const words = code.split(/(?<=_)/).map((word) => html`${word}<wbr />`);
  return name === undefined ? html`<code>${words}</code>` : html`<code id="${schemaId(name)}">${words}</code>`;
}

/** What the schema of a refusal says about it, without the status. */
function describe(code: string, schemas: Schemas): Html {
  const { description } = Object.values(schemas).find((schema) => refusalOf(schema) === code) ?? {};
  if (description === undefined) return html``;
  const when = description.replace(/^Status \d+: /, '');
  return html`<p>${inline(`${when.charAt(0).toUpperCase()}${when.slice(1)}`)}</p>`;
}

/** An error of few operations names them. */
function listUsers(users: Operation[], all: Operation[]): Html {
  if (users.length === 0) return html``;
  if (users.length > MAX_LISTED) return html`<p><small>${users.length} of ${all.length} operations</small></p>`;
  const links = users.map(
    (each) => html`<a href="#${operationId(each)}">${each.method.toUpperCase()} ${each.path}</a>`,
  );
  return html`<p><small>${join(links, ', ')}</small></p>`;
}

const MAX_LISTED = 4;

const REFUSAL = {
  status: 'fail',
  code: 'invalid_request',
  message: refusals.invalid_request.message,
  request_id: '1b503099-096a-4c1f-9c89-9f00d24546d9',
  errors: [{ path: 'password', message: 'Is missing.' }],
};

const OAUTH_ERROR = { error: 'invalid_client', error_description: refusals.invalid_client.message };
