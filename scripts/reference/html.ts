import { html } from 'hono/html';

/** HTML text. The tag `html` escapes every value in its template that is not HTML itself. */
export type Html = ReturnType<typeof html>;

/** The text of a finished page. */
export async function textOf(page: Html): Promise<string> {
  return `${String(await page)}\n`;
}

/** `parts` with `separator` between them, both of which may be HTML. */
export function join(parts: (Html | string)[], separator: Html | string): Html {
  return html`${parts.map((part, index) => [index === 0 ? '' : separator, part])}`;
}

/** JSON, in a box that scrolls. */
export function block(text: string, label: string): Html {
  // A box that scrolls needs the focus, or the arrow keys cannot scroll it.
  return html`<pre tabindex="0" role="region" aria-label="${label}"><code>${text}</code></pre>`;
}
