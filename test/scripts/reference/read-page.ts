import { type DefaultTreeAdapterTypes, defaultTreeAdapter, html, parse } from 'parse5';

/** An element of a page: its attributes, the text in it, and whether the source has both of its tags, as it should. */
export type PageElement = { tag: string; attributes: Record<string, string>; text: string; isWhole: boolean };

const VOID = new Set(['area', 'base', 'br', 'col', 'embed', 'hr', 'img', 'input', 'link', 'meta', 'source', 'wbr']);

/** Parses a page as a browser does (HTML Standard, section 13.2): its errors, and its elements in their order. */
export function readPage(text: string): { errors: string[]; elements: PageElement[] } {
  const errors: string[] = [];
  const onParseError = ({ code, startLine }: { code: string; startLine: number }) =>
    errors.push(`${startLine}: ${code}`);
  const document = parse(text, { onParseError, sourceCodeLocationInfo: true });
  return { errors, elements: elementsIn(document) };
}

function elementsIn(node: DefaultTreeAdapterTypes.ParentNode): PageElement[] {
  return node.childNodes.flatMap((child) =>
    defaultTreeAdapter.isElementNode(child) ? [describe(child), ...elementsIn(child)] : [],
  );
}

function describe(element: DefaultTreeAdapterTypes.Element): PageElement {
  const { tagName: tag, attrs, sourceCodeLocation: place } = element;
  const isWhole =
    element.namespaceURI === html.NS.HTML &&
    place?.startTag !== undefined &&
    (VOID.has(tag) || place.endTag !== undefined);
  return {
    tag,
    attributes: Object.fromEntries(attrs.map(({ name, value }) => [name, value])),
    text: textIn(element),
    isWhole,
  };
}

function textIn(node: DefaultTreeAdapterTypes.ParentNode): string {
  return node.childNodes
    .map((child) => {
      if (defaultTreeAdapter.isTextNode(child)) return child.value;
      return defaultTreeAdapter.isElementNode(child) ? textIn(child) : '';
    })
    .join('');
}
