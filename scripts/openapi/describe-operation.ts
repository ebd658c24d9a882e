import { describeHeaders } from './describe-headers.ts';
import { describeContent, wrap } from './describe-response.ts';
import { mapValues } from './map-values.ts';
import type { FieldProse, OperationProse } from './prose/operation-prose.ts';
import type { RawOperation, Schema } from './raw-document.ts';

/** Takes a schema into the components under `name`, and returns the reference to it. */
export type NameSchema = (name: string, schema: Schema) => Schema;

const NONE: FieldProse = { description: '' };

/** What a route says of itself, with its prose. */
export function describeOperation(raw: RawOperation, prose: OperationProse, nameSchema: NameSchema) {
  const statuses = Object.keys(raw.responses).map(Number);
  const responses = mapValues(raw.responses, (response, status) => {
    const content = describeContent(response, {
      examples: prose.examples?.[Number(status)],
      named: (schema) =>
        schema.$ref === undefined ? nameSchema(prose.response ?? `${pascalName(prose)}Response`, schema) : schema,
    });
    const headers = describeHeaders(Number(status), prose, statuses);
    return { description: response.description, headers, ...(content && { content }) };
  });
  return {
    operationId: prose.operationId,
    tags: [prose.tag],
    summary: raw.summary,
    description: prose.description,
    'x-who': prose.who,
    security: raw.security,
    parameters: describeParameters(raw, prose, statuses),
    ...describeRequest(raw, prose, nameSchema),
    responses,
  };
}

function describeParameters({ parameters }: RawOperation, prose: OperationProse, statuses: number[]) {
  const own = parameters.map(({ name, in: place, required, schema }) => {
    const { description, example, ...keywords } = prose.parameters?.[name] ?? NONE;
    const examples = example === undefined ? {} : { example };
    return { name, in: place, required, description, schema: { ...schema, ...keywords }, ...examples };
  });
  const headers = [
    'RequestId',
    ...(statuses.includes(304) ? ['IfNoneMatch'] : []),
    ...(statuses.includes(412) ? ['IfMatch'] : []),
  ];
  return [...own, ...headers.map((name) => ({ $ref: `#/components/parameters/${name}` }))];
}

function describeRequest({ requestBody }: RawOperation, prose: OperationProse, nameSchema: NameSchema) {
  if (requestBody === undefined) return {};
  const { schema: name = `${pascalName(prose)}Request`, description, examples = {} } = prose.request ?? {};
  const content = mapValues(requestBody.content, ({ schema }) => ({
    schema: schema.$ref === undefined ? nameSchema(name, schema) : schema,
    examples: wrap(examples),
  }));
  return { requestBody: { description, required: requestBody.required, content } };
}

/** `logOut` -> `LogOut`. */
const pascalName = ({ operationId }: OperationProse) => operationId.slice(0, 1).toUpperCase() + operationId.slice(1);
