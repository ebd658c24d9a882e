import { isText } from '../client/account.ts';
import type { FieldError } from '../client/errors.ts';
import { fieldsOf } from '../client/response.ts';
import type { Answer } from './caller.ts';
import { countIn, unlike } from './records.ts';

/** What has become of a line. `line` counts from 1. */
export type ImportedLine = {
  line: number;
  /** `imported`, `unchanged` or `refused`. In a dry run, `imported` means that the line would be. */
  outcome: string;
  /** `null` for a line that is refused, and for one that a dry run would import. */
  user_id: string | null;
  /** Why the line is refused. */
  errors: FieldError[];
};

/** How many of the users have hashes of a scheme, and what a login of one of them costs in CPU time. */
export type SchemeCost = { scheme: string; parameters: string; users: number; cpu_ms: number };

/** What an import has done, or in a dry run would do: one entry for each line, and one for each kind of hash. */
export type ImportReport = {
  imported: number;
  unchanged: number;
  refused: number;
  lines: ImportedLine[];
  schemes: SchemeCost[];
};

/** The report in a response. Fields that this version does not know are kept. */
export function parseReport(answer: Answer): ImportReport {
  const { data, schemes } = answer.body;
  if (!Array.isArray(data) || !Array.isArray(schemes)) throw notReport();
  return {
    imported: countIn(answer, 'imported'),
    unchanged: countIn(answer, 'unchanged'),
    refused: countIn(answer, 'refused'),
    lines: data.map(parseImported),
    schemes: schemes.map(parseCost),
  };
}

function parseImported(entry: unknown): ImportedLine {
  const fields = fieldsOf(entry) ?? {};
  const { line, outcome, user_id: user, errors } = fields;
  if (typeof line !== 'number' || !isText(outcome) || !Array.isArray(errors)) throw notReport();
  return { ...fields, line, outcome, user_id: isText(user) ? user : null, errors: errors.map(parseError) };
}

function parseError(entry: unknown): FieldError {
  const fields = fieldsOf(entry) ?? {};
  const { path, message } = fields;
  if (!isText(path) || !isText(message)) throw notReport();
  return { ...fields, path, message };
}

function parseCost(entry: unknown): SchemeCost {
  const fields = fieldsOf(entry) ?? {};
  const { parameters, cpu_ms: cost } = fields;
  if (!isText(parameters) || typeof cost !== 'number') throw notReport();
  return { ...fields, ...parseCount(entry), parameters, cpu_ms: cost };
}

/** How many users have hashes of a scheme. */
export function parseCount(entry: unknown): { scheme: string; users: number } {
  const fields = fieldsOf(entry) ?? {};
  const { scheme, users } = fields;
  if (!isText(scheme) || typeof users !== 'number') throw notReport();
  return { ...fields, scheme, users };
}

const notReport = () => unlike('a report of users and their hashes');
