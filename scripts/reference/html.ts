import { html } from 'hono/html';

/** HTML text. The tag `html` escapes every value in its template that is not HTML itself. */
export type Html = ReturnType<typeof html>;

/** The text of a finished page, without the indentation of the templates. Preformatted text stays as it is. */
export async function textOf(page: Html): Promise<string> {
  const parts = String(await page).split(/(<pre[\s\S]*?<\/pre>)/);
  return `${parts.map((part) => (part.startsWith('<pre') ? part : part.replace(/\s*\n\s*/g, '\n'))).join('')}\n`;
}

/** `parts` with `separator` between them, both of which may be HTML. */
export function join(parts: (Html | string)[], separator: Html | string): Html {
  return html`${parts.map((part, index) => [index === 0 ? '' : separator, part])}`;
}

/** Code in a box that scrolls. */
export function block(text: string, label: string): Html {
  // A box that scrolls needs the focus, or the arrow keys cannot scroll it.
  return html`<pre tabindex="0" role="group" aria-label="${label}"><code>${text}</code></pre>`;
}
