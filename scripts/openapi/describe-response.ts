import { type RefusalCode, refusals } from '../../src/errors.ts';
import { oauthErrorOf } from '../../src/http/response/oauth-error.ts';
import { mapValues } from './map-values.ts';
import { exampleOf, isCode, oauthName, pascalCase } from './refusals.ts';
import type { RawResponse, Schema } from './raw-document.ts';

type Examples = Record<string, unknown>;

export const ref = (schema: string): Schema => ({ $ref: `#/components/schemas/${schema}` });

/** The content of a response. `named` gives the schema of a success a name, and a refusal has one for each code. */
export function describeContent(
  { description, content }: RawResponse,
  { examples = {}, named }: { examples?: Examples | undefined; named: (schema: Schema) => Schema },
) {
  if (content === undefined) return undefined;
  return mapValues(content, ({ schema }) => {
    // A status of a success and a refusal has both.
    const described = (schema.anyOf ?? [schema]).map(
      (part) => describeRefusal(part, description) ?? { schema: named(part), examples },
    );
    const schemas = described.flatMap((part) => part.schema.oneOf ?? [part.schema]);
    return {
      schema: schemas.length === 1 ? schemas[0] : { oneOf: schemas },
      examples: wrap(Object.fromEntries(described.flatMap((part) => Object.entries(part.examples)))),
    };
  });
}

/** Examples as OpenAPI writes them. */
export function wrap(examples: Examples) {
  return mapValues(examples, (value) => ({ value }));
}

/** The schema of a refusal, one for each code, and their examples; `undefined` for the schema of a success. */
function describeRefusal(
  { properties = {} }: Schema,
  description: string,
): { schema: Schema; examples: Examples } | undefined {
  const codes = properties['code']?.enum?.filter(isCode);
  if (codes !== undefined) {
    return {
      schema: oneOf(codes.map(pascalCase)),
      examples: Object.fromEntries(codes.map((code) => [code, exampleOf(code)] as const)),
    };
  }
  const names = properties['error']?.enum?.map(String);
  if (names === undefined) return undefined;
  // The description joins the messages of the codes.
  const examples = description.split(' / ').map((message) => {
    const code = codeWith(message);
    return [code, { error: oauthErrorOf(code), error_description: message }] as const;
  });
  return { schema: oneOf(names.map(oauthName)), examples: Object.fromEntries(examples) };
}

function oneOf(names: string[]): Schema {
  const [first = '', ...others] = names;
  return others.length === 0 ? ref(first) : { oneOf: names.map(ref) };
}

/** The code of a message. Where several have the same, the last one is that of most routes. */
function codeWith(message: string): RefusalCode {
  const code = Object.keys(refusals)
    .filter(isCode)
    .findLast((each) => refusals[each].message === message);
  if (code === undefined) throw new TypeError(`no refusal says: ${message}`);
  return code;
}
