import { html } from 'hono/html';
import { headerId, linkTo } from './anchors.ts';
import { parametersOf } from './fields.ts';
import { type Html, join } from './html.ts';
import type { Answer, Header, OpenApi, Operation, Parameter } from './open-api.ts';

type Named = Header & { name: string };

/** The parameters that `operation` does not share with all others. */
export function ownParameters({ parameters }: Operation, api: OpenApi): Parameter[] {
  const shared = new Set(sharedParameters(api).map(({ name }) => name));
  return parameters.filter(({ name }) => !shared.has(name));
}

/** Links to the headers of `answer` that not every response has. */
export function listOwnHeaders({ headers }: Answer, api: OpenApi): Html {
  const shared = sharedHeaders(api);
  const own = Object.keys(headers).filter((name) => !shared.includes(name));
  if (own.length === 0) return html``;
  const links = own.map((name) => html`<a href="#${headerId(name)}"><code>${name}</code></a>`);
  return html`<p>Headers: ${join(links, ', ')}</p>`;
}

/** What all operations share: their parameters, and what the headers of responses mean. */
export function renderEveryCall(api: OpenApi): Html {
  const shared = sharedHeaders(api);
  const all = headersOf(api);
  const parameters = sharedParameters(api);
  const usual = all.filter(({ name }) => shared.includes(name));
  const others = all.filter(({ name }) => !shared.includes(name));
  return html`<section aria-labelledby="every-call">
    <h2 id="every-call">Every call ${linkTo('every-call', 'every call')}</h2>
    ${
      parameters.length === 0
        ? ''
        : html`<h3>You may send</h3>
            ${parametersOf(parameters)}`
    }
    ${
      usual.length === 0
        ? ''
        : html`<h3>Headers of every response</h3>
            ${parametersOf(usual, headerId)}`
    }
    ${
      others.length === 0
        ? ''
        : html`<h3>Headers of some responses</h3>
            ${parametersOf(others, headerId)}`
    }
  </section>`;
}

function sharedParameters({ operations }: OpenApi): Parameter[] {
  const [first, ...rest] = operations.map(({ parameters }) => parameters);
  return (first ?? []).filter(({ name }) => rest.every((others) => others.some((other) => other.name === name)));
}

const answersOf = ({ operations }: OpenApi) => operations.flatMap(({ responses }) => Object.values(responses));

function sharedHeaders(api: OpenApi): string[] {
  const [first, ...rest] = answersOf(api).map(({ headers }) => Object.keys(headers));
  return (first ?? []).filter((name) => rest.every((others) => others.includes(name)));
}

/** Each header once, with all that responses say of it. */
function headersOf(api: OpenApi): Named[] {
  const all = answersOf(api).flatMap(({ headers }) => Object.entries(headers));
  return Array.from(
    Map.groupBy(all, ([name]) => name),
    ([name, same]) => {
      const [first] = same.map(([, header]) => header);
      const descriptions = new Set(same.map(([, { description = '' }]) => description));
      // One that means different things has no one type.
      const schema = descriptions.size > 1 ? undefined : first?.schema;
      return {
        name,
        required: same.every(([, { required }]) => required),
        schema,
        description: [...descriptions].join(' Or: '),
      };
    },
  );
}
