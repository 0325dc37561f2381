import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';

type Json = Record<string, unknown>;

interface Operation {
  parameters?: { name: string; in: string; required?: boolean; schema: Json }[];
  requestBody?: { content: Record<string, { schema: Json }> };
  responses: Record<string, { content?: Record<string, { schema: Json }> }>;
}

/** Where the description says less than kintone's documentation and its own client. */
const KNOWN: readonly RegExp[] = [
  // Switches may be sent as true and false; the client's types know nothing else.
  /^request PUT \/k\/v1\/preview\/app\/settings\.json\/enable\w+: must be string$/u,
  /^request PUT \/k\/v1\/preview\/app\/adminNotes\.json\/includeInTemplateAndDuplicates: must be string$/u,
  // Answers of an upsert fit the other kind as well, since nothing forbids what is added.
  /^answer PUT \/k\/v1\/records\.json\/records: must match exactly one schema in oneOf$/u,
  // The app's creator has no code.
  /^answer GET \/k\/v1\/(preview\/)?app\/acl\.json\/rights\/\d+\/entity\/code: must be string$/u,
];

/** One call as it went over the wire. */
export interface Call {
  method: string;
  /** Without host and query, e.g. `/k/v1/records.json`. */
  path: string;
  query: URLSearchParams;
  /** Parsed JSON; undefined where there was none. */
  body: unknown;
  status: number;
  answer: unknown;
}

const document = JSON.parse(readFileSync(new URL('openapi.json', import.meta.url), 'utf8')) as {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Json };
};

const ajv = new Ajv2020({ strict: false, validateFormats: false });
const DIGITS = { type: 'string', pattern: '^-?[0-9]+$' };

/** kintone's numbers: in answers always strings, in requests either; and what is empty is null. */
function rewrite(node: unknown, side: 'request' | 'answer'): unknown {
  if (Array.isArray(node)) return node.map((item) => rewrite(item, side));
  if (typeof node !== 'object' || node === null) return node;
  const copy: Json = Object.fromEntries<unknown>(
    Object.entries(node).map(([key, value]) => [
      key,
      key === '$ref'
        ? String(value).replace('#/components/schemas/', `${side}.json#/`)
        : rewrite(value, side),
    ]),
  );
  if (copy['type'] !== 'integer' && copy['type'] !== 'number') return copy;
  const { type, format: _format, minimum: _minimum, maximum: _maximum, ...rest } = copy;
  return side === 'answer'
    ? { anyOf: [DIGITS, { type: 'null' }], ...rest }
    : { anyOf: [{ type }, DIGITS], ...rest };
}

for (const side of ['request', 'answer'] as const) {
  ajv.addSchema({ $id: `${side}.json`, ...(rewrite(document.components.schemas, side) as Json) });
}

const compiled = new Map<string, ReturnType<typeof ajv.compile>>();
function check(name: string, side: 'request' | 'answer', schema: Json, value: unknown): string[] {
  const key = `${side} ${name}`;
  const validate = compiled.get(key) ?? ajv.compile(rewrite(schema, side) as Json);
  compiled.set(key, validate);
  if (validate(value)) return [];
  return (validate.errors ?? []).slice(0, 5).map((e) => `${key}${e.instancePath}: ${e.message ?? ''}`);
}

/** `fields[0]=a&fields[1]=b` and `fields=a` as parameters. */
function parametersOf(query: URLSearchParams): Json {
  const found: Json = {};
  for (const [name, value] of query) {
    const list = /^(.+)\[\d+\]$/u.exec(name)?.[1];
    if (list === undefined) found[name] = value === 'true' || value === 'false' ? value === 'true' : value;
    else found[list] = [...((found[list] as unknown[] | undefined) ?? []), value];
  }
  return found;
}

/** The calls that the description has, as `GET /k/v1/records.json`. */
export function describedCalls(): string[] {
  return Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
  );
}

/** What in a call does not fit kintone's own description; undefined where the description has no such call. */
export function problemsOf(call: Call): readonly string[] | undefined {
  const path = call.path.replace(/^\/k\/guest\/\d+\//u, '/k/');
  const operation = document.paths[path]?.[call.method.toLowerCase()];
  if (!operation) return undefined;
  const name = `${call.method} ${path}`;
  const problems: string[] = [];
  if (call.method === 'GET' || operation.requestBody === undefined) {
    const given = { ...parametersOf(call.query), ...(call.body as Json | undefined) };
    for (const { name: parameter, required, schema } of operation.parameters ?? []) {
      if (given[parameter] === undefined) {
        if (required) problems.push(`request ${name}: ${parameter} is missing`);
      } else problems.push(...check(`${name} ${parameter}`, 'request', schema, given[parameter]));
    }
    const known = new Set((operation.parameters ?? []).map((one) => one.name));
    for (const one of Object.keys(given))
      if (!known.has(one)) problems.push(`request ${name}: ${one} is unknown`);
  } else {
    const schema = operation.requestBody.content['application/json']?.schema;
    if (schema) problems.push(...check(name, 'request', schema, call.body));
  }
  const answered = operation.responses['200']?.content?.['application/json']?.schema;
  if (call.status === 200 && answered) problems.push(...check(name, 'answer', answered, call.answer));
  return problems.filter((problem) => !KNOWN.some((known) => known.test(problem)));
}
