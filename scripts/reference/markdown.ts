import { html } from 'hono/html';
import { block, type Html } from './html.ts';

/** Code, a link, or bold text. */
const SPAN = /`([^`]+)`|\[([^\]]+)\]\(([^()\s]+)\)|\*\*(.+?)\*\*/;

/** Where a link may lead: elsewhere on the page or the service, or to a page of the Web. */
const TARGET = /^(#|\/(?!\/)|https:\/\/)/;

/**
 * The Markdown that descriptions use: paragraphs, lists, fenced code, `code`, links and bold text. Everything else stays
 * as it is written.
 */
export function markdown(text = ''): Html {
  const blocks = text.split(/^(```[\s\S]*?^```$)|\n{2,}/m).filter((each) => each !== undefined && each.trim() !== '');
  return html`${blocks.map(renderBlock)}`;
}

/** Markdown within a line. */
export function inline(text: string): Html {
  const match = SPAN.exec(text);
  if (match === null) return html`${text}`;
  const [whole, code, label = '', target = '', bold] = match;
  const before = text.slice(0, match.index);
  const after = inline(text.slice(match.index + whole.length));
  if (code !== undefined) return html`${before}<code>${code}</code>${after}`;
  if (bold !== undefined) return html`${before}<strong>${inline(bold)}</strong>${after}`;
  if (!TARGET.test(target)) return html`${before}${whole}${after}`;
  return html`${before}<a href="${target}">${inline(label)}</a>${after}`;
}

function renderBlock(text: string): Html {
  const [, fenced] = /^```[^\n]*\n([\s\S]*?)\n?```$/.exec(text.trim()) ?? [];
  if (fenced !== undefined) return block(fenced, 'Code');
  // A paragraph may lead into a list.
  const [lead = '', ...items] = text.trim().split(/^[-*] /m);
  const list =
    items.length === 0
      ? ''
      : html`<ul>
          ${items.map((item) => html`<li>${inline(item.trim())}</li>`)}
        </ul>`;
  return html`${lead.trim() === '' ? '' : html`<p>${inline(lead.trim())}</p>`}${list}`;
}
