import { describe, expect, it } from 'vitest';
import { renderPage } from '../../../scripts/reference/page.ts';
import { readPage } from './read-page.ts';

const HOSTILE = `<img src=x onerror="alert('1')"> & </code></pre><script>alert(2)</script>`;

/** A document of one operation, `POST /things/{id}`. */
const documentOf = (operation: object, schemas: object = {}, more: object = {}) => ({
  openapi: '3.1.0',
  info: { title: 'Things', version: '1' },
  paths: { '/things/{id}': { post: { responses: { 204: { description: 'Done.' } }, ...operation } } },
  components: { schemas, ...more },
});

const read = async (document: object) => readPage(await renderPage(document));
const textOf = async (document: object) => {
  const { elements } = await read(document);
  return (elements.find(({ tag }) => tag === 'main')?.text ?? '').replace(/\s+/g, ' ');
};
const jsonBody = (schema: object) => ({ requestBody: { required: true, content: { 'application/json': { schema } } } });

describe('the reference, made from another document', () => {
  it('keeps everything that the document says as text', async () => {
    const schema = {
      type: 'object',
      properties: { [HOSTILE]: { type: 'string', description: HOSTILE, enum: [HOSTILE], pattern: HOSTILE } },
      example: { [HOSTILE]: HOSTILE },
    };
    const header = { description: HOSTILE, schema: { type: HOSTILE } };
    const operation = {
      summary: HOSTILE,
      description: `${HOSTILE}\n\n- ${HOSTILE}\n\n[label](javascript:alert(1)) [${HOSTILE}](//evil.example) **${HOSTILE}**`,
      tags: [HOSTILE],
      'x-who': HOSTILE,
      parameters: [{ name: HOSTILE, in: 'query', ...header }],
      requestBody: { required: true, description: HOSTILE, content: { [HOSTILE]: { schema } } },
      responses: {
        200: {
          description: HOSTILE,
          headers: { [HOSTILE]: header },
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/Odd' },
              examples: { [HOSTILE]: { summary: HOSTILE, value: HOSTILE } },
            },
          },
        },
      },
    };
    const document = documentOf(
      operation,
      { Odd: schema },
      { securitySchemes: { [HOSTILE]: { type: 'http', description: HOSTILE } } },
    );
    const { errors, elements } = await read({
      ...document,
      info: { title: HOSTILE, version: HOSTILE, description: HOSTILE },
    });
    expect(errors).toEqual([]);
    const tags = new Set(elements.map(({ tag }) => tag));
    expect(tags).not.toContain('img');
    expect(tags).not.toContain('script');
    expect(
      elements.flatMap(({ attributes }) => Object.keys(attributes)).filter((name) => name.startsWith('on')),
    ).toEqual([]);
    const targets = elements.flatMap(({ tag, attributes }) => (tag === 'a' ? (attributes['href'] ?? '') : []));
    expect(targets.filter((target) => !/^(#|\/openapi\.json$)/.test(target))).toEqual([]);
    expect(elements.find(({ tag }) => tag === 'main')?.text).toContain(HOSTILE);
  });

  it('replaces references to parameters, bodies, headers, responses and examples', async () => {
    const text = await textOf(
      documentOf(
        {
          parameters: [{ $ref: '#/components/parameters/Id' }],
          responses: { 200: { $ref: '#/components/responses/Thing' } },
        },
        {},
        {
          parameters: { Id: { name: 'id', in: 'path', required: true, description: 'Which thing.' } },
          headers: { Age: { description: 'How old.', schema: { type: 'integer' } } },
          responses: {
            Thing: { description: 'The thing itself.', headers: { 'X-Age': { $ref: '#/components/headers/Age' } } },
          },
        },
      ),
    );
    for (const words of ['Which thing.', 'The thing itself.', 'X-Age', 'How old.']) expect(text).toContain(words);
  });

  it('fails when a reference leads nowhere', async () => {
    const document = documentOf({ parameters: [{ $ref: '#/components/parameters/Id' }] });
    await expect(renderPage(document)).rejects.toThrow('the document has no components.parameters.Id');
  });

  it('says the type, the limits and the choices of a field in words', async () => {
    const text = await textOf(
      documentOf(
        jsonBody({
          type: 'object',
          required: ['name'],
          properties: {
            name: { type: 'string', minLength: 8, maxLength: 256 },
            note: { type: ['string', 'null'], maxLength: 9 },
            size: { enum: ['small', 'large'], default: 'small' },
            at: { type: 'string', format: 'date-time' },
            code: { type: 'string', minLength: 6, maxLength: 6 },
            parts: { type: 'array', minItems: 1, items: { $ref: '#/components/schemas/Part' } },
            owner: { oneOf: [{ $ref: '#/components/schemas/Part' }, { type: 'null' }] },
            inner: {
              type: 'object',
              properties: { depth: { type: 'integer', minimum: 0, maximum: 9, format: 'int32' } },
            },
          },
        }),
        {
          Part: { allOf: [{ $ref: '#/components/schemas/Base' }], type: 'object', properties: { own: { const: 1 } } },
          Base: { type: 'object', properties: { base: { type: 'boolean' } } },
        },
      ),
    );
    for (const words of [
      'name string, 8 to 256 characters note',
      'note string or null, at most 9 characters, optional',
      'size "small" or "large", "small" if left out, optional',
      'at string, date-time, optional',
      'code string, 6 characters, optional',
      'parts array of Part, at least 1 item, optional',
      'owner Part or null, optional',
      'depth integer, 0 to 9, optional',
      'base boolean, optional own 1, optional',
    ])
      expect(text).toContain(words);
  });

  it('can show a schema that contains itself', async () => {
    const tree = {
      type: 'object',
      properties: { children: { type: 'array', items: { $ref: '#/components/schemas/Tree' } } },
    };
    expect(await textOf(documentOf(jsonBody({ $ref: '#/components/schemas/Tree' }), { Tree: tree }))).toContain(
      'array of Tree',
    );
  });

  it('links each refusal of a response, whether its schema names it or an example under /oauth/', async () => {
    const body = (schema: object, examples = {}) => ({
      description: 'x',
      content: { 'application/json': { schema, examples } },
    });
    const codeOf = (code: object) => ({ type: 'object', properties: { code } });
    const { elements } = await read(
      documentOf(
        {
          responses: {
            400: body(codeOf({ enum: ['malformed_json', 'unheard_of'] })),
            404: body({ oneOf: [{ $ref: '#/components/schemas/Unknown' }] }),
            503: body({ type: 'object' }, { storage_unavailable: { value: { error: 'temporarily_unavailable' } } }),
          },
        },
        { Unknown: codeOf({ const: 'unknown_session' }) },
      ),
    );
    const links = elements
      .flatMap(({ attributes }) => attributes['href'] ?? [])
      .filter((href) => href.startsWith('#error-'));
    expect(links).toEqual(['#error-malformed_json', '#error-unknown_session', '#error-storage_unavailable']);
  });

  it('writes a call that a shell takes as one word each, whatever the example holds', async () => {
    const operation = {
      ...jsonBody({ type: 'object', example: { name: `it's "$HOME"` } }),
      security: [{ token: [] }],
    };
    const text = await textOf(
      documentOf(operation, {}, { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } }),
    );
    expect(text).toContain(
      String.raw`curl -i "$LATCHKEY/things/$ID" \ -H "Authorization: Bearer $TOKEN" \ -H 'Content-Type: application/json' \ -d '{"name":"it'\''s \"$HOME\""}'`,
    );
  });

  it('understands the Markdown of descriptions', async () => {
    const description =
      'One `a<b`\nand **two**.\n\nList:\n- [x](#errors)\n- [y](https://example.org/a)\n\n```\n<pre>\n\nkept\n```';
    const { elements } = await read(documentOf({ description }));
    const texts = (tag: string) => elements.filter((element) => element.tag === tag).map(({ text }) => text.trim());
    expect(texts('p')).toEqual(expect.arrayContaining(['One a<b\nand two.', 'List:']));
    expect(texts('li')).toEqual(expect.arrayContaining(['x', 'y']));
    expect(texts('pre')).toContain('<pre>\n\nkept');
    expect(texts('strong')).toContain('two');
  });
});
