const REFERENCE = /^#\/components\/(?!schemas\/)([^/]+)\/([^/]+)$/;

/**
 * `document` with the parameters, headers, responses, examples and bodies in place of the references to them. References
 * to schemas stay, because schemas have names that readers know, and may refer to themselves.
 */
export function inlineReferences(document: unknown): unknown {
  const replace = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(replace);
    if (!isRecord(node)) return node;
    const [, kind = '', name = ''] = REFERENCE.exec(String(node['$ref'])) ?? [];
    if (kind !== '') return replace(find(document, ['components', kind, name]));
    return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, replace(value)]));
  };
  return replace(document);
}

function find(node: unknown, path: string[]): unknown {
  const found = path.reduce((node, key) => (isRecord(node) ? node[key] : undefined), node);
  if (found === undefined) throw new TypeError(`the document has no ${path.join('.')}`);
  return found;
}

function isRecord(node: unknown): node is Record<string, unknown> {
  return typeof node === 'object' && node !== null;
}
