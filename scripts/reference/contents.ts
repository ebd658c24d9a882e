import { html } from 'hono/html';
import { operationId, tagId } from './anchors.ts';
import type { Html } from './html.ts';
import type { OpenApi, Operation } from './open-api.ts';

/** The operations with one tag. */
export type Group = { name: string; description: string | undefined; operations: Operation[] };

/** The operations by their first tag, in the order of the document's tags. */
export function groupByTag({ tags, operations }: OpenApi): Group[] {
  const byTag = Map.groupBy(operations, ({ tags: [tag = 'Operations'] }) => tag);
  const names = new Set([...tags.map(({ name }) => name), ...byTag.keys()]);
  return [...names].flatMap((name) => {
    const operations = byTag.get(name);
    const description = tags.find((tag) => tag.name === name)?.description;
    return operations === undefined ? [] : [{ name, description, operations }];
  });
}

/** The table of contents: the operations, by tag, between the other sections. */
export function renderContents(groups: Group[]): Html {
  const each = groups.map(
    ({ name, operations }) =>
      html`<li>
        <a href="#${tagId(name)}">${name}</a>
        <ul>
          ${operations.map(nameOperation)}
        </ul>
      </li>`,
  );
  return html`<nav aria-label="Contents">
    <ul>
      <li><a href="#authentication">How to authenticate</a></li>
      ${each}
      <li><a href="#every-call">Every call</a></li>
      <li><a href="#schemas">Schemas</a></li>
      <li><a href="#errors">Errors</a></li>
    </ul>
  </nav>`;
}

function nameOperation(operation: Operation): Html {
  const name = html`<span class="method">${operation.method.toUpperCase()}</span> ${operation.path}`;
  return html`<li><a href="#${operationId(operation)}">${name}</a></li>`;
}
