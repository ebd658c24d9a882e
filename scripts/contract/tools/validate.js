// node validate.js FILE: checks an OpenAPI document with two validators that share no code. Prints what they find, and exits with 1.
import process from 'node:process';
import { createConfig, lint } from '@redocly/openapi-core';
import { Validator } from '@seriousme/openapi-schema-validator';

const [, , file] = process.argv;

/** By the JSON Schema of the OpenAPI Initiative. */
const bySchema = new Validator();
const { valid, errors } = await bySchema.validate(file);
const problems = valid ? [] : [errors].flat().map((error) => JSON.stringify(error));

/** By Redocly's own description of each object of a document, and of what refers to what. */
const rules = { struct: 'error', 'no-unresolved-refs': 'error', 'spec-strict-refs': 'error' };
const config = await createConfig({ rules });
for (const { ruleId, message, location } of await lint({ ref: file, config })) {
  problems.push(`${ruleId}: ${message} ${location.map(({ pointer = '' }) => pointer).join(', ')}`);
}

for (const problem of problems) console.error(problem);
if (bySchema.version !== '3.1') console.error(`The document is of version ${bySchema.version}, not 3.1.`);
process.exitCode = problems.length === 0 && bySchema.version === '3.1' ? 0 : 1;
