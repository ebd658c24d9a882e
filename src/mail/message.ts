import { type Locale, sayLife } from './locale.ts';

/** What a message is made from. Lives are in seconds. Mails that prove nothing have neither link nor code. */
export type MessageData = {
  appName: string;
  link: string | undefined;
  linkLife: number;
  code: string | undefined;
  codeLife: number;
};

/** A mail without its addresses. */
export type Message = { subject: string; text: string; html: string };

/** A paragraph, a link with its label, or a code. */
export type Block = string | { link: string; label: string } | { code: string };

/**
 * Lays out a message. In the text, each link and each code stands on a line of its own. A subject has no line break,
 * which would begin another header.
 */
export function layOut(locale: Locale, title: string, blocks: Block[]): Message {
  const subject = title.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');
  const html = `<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(subject)}</title>
</head>
<body style="margin:0;padding:24px;font:16px/1.5 system-ui,sans-serif;overflow-wrap:anywhere">
<div style="max-width:36em;margin:0 auto">
${blocks.map(toHtml).join('\n')}
</div>
</body>
</html>
`;
  return { subject, text: `${blocks.map(toText).join('\n\n')}\n`, html };
}

/** The link, its life, and the code while there is one. Without a link, nothing. */
export function proofBlocks({ link, linkLife, code, codeLife }: MessageData, locale: Locale, label: string): Block[] {
  if (link === undefined) return [];
  const isGerman = locale === 'de';
  const life = sayLife(linkLife, locale);
  const sentence = isGerman ? `Der Link gilt ${life} und nur einmal.` : `The link works for ${life}, and only once.`;
  const blocks: Block[] = [{ link, label }, sentence];
  if (code === undefined) return blocks;
  const codeSentence = isGerman
    ? `Oder geben Sie diesen Code ein. Er gilt ${sayLife(codeLife, locale)}:`
    : `Or type this code. It works for ${sayLife(codeLife, locale)}:`;
  const warning = isGerman
    ? 'Geben Sie Link und Code an niemanden weiter.'
    : 'Do not give the link or the code to anybody.';
  return [...blocks, codeSentence, { code }, warning];
}

function toText(block: Block): string {
  if (typeof block === 'string') return block;
  return 'link' in block ? block.link : block.code;
}

/** Colours are those of the reader, so that a dark mode works. */
function toHtml(block: Block): string {
  if (typeof block === 'string') return `<p>${escapeHtml(block)}</p>`;
  if ('code' in block) return `<p style="font:bold 28px monospace;letter-spacing:.1em">${escapeHtml(block.code)}</p>`;
  const style = 'display:inline-block;padding:12px 20px;border:2px solid;border-radius:6px;font-weight:bold';
  return `<p><a href="${escapeHtml(block.link)}" style="${style}">${escapeHtml(block.label)}</a></p>`;
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

const escapeHtml = (text: string) => text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
