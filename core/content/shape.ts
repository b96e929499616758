/** What is wrong with a file's shape, in an author's words: the schema's issues turned into faults. */
import * as z from 'zod';
import type { Fault } from '../errors.ts';
import type { ValuePath, YamlFile } from './yaml-file.ts';

type Issue = z.core.$ZodIssue;
type Words = Pick<Fault, 'what' | 'found' | 'allowed'>;

/** The value in the schema's type, or every fault of its shape. */
export const shapeOf = <T>(
  yaml: YamlFile,
  schema: z.ZodType<T>,
): { readonly value: T } | { readonly faults: readonly Fault[] } => {
  const parsed = schema.safeParse(yaml.value);
  if (parsed.success) return { value: parsed.data };
  return { faults: parsed.error.issues.flatMap((issue) => faultsOf(yaml, schema, issue)) };
};

const faultsOf = (yaml: YamlFile, schema: z.ZodType, issue: Issue): readonly Fault[] => {
  if (issue.code === 'unrecognized_keys') {
    const value = valueAt(yaml.value, issue.path);
    const allowed = Object.keys(shapeFields(schemaAt(schema, yaml.value, issue.path), value)).join(
      ', ',
    );
    return issue.keys.map((key) => ({
      file: yaml.file,
      line: yaml.lineAt([...issue.path, key]),
      what: `unknown field ${printPath([...issue.path, key])}`,
      found: key,
      allowed,
    }));
  }
  return [
    { file: yaml.file, line: yaml.lineAt(issue.path), ...wordsOf(yaml.value, schema, issue) },
  ];
};

const wordsOf = (root: unknown, schema: z.ZodType, issue: Issue): Words => {
  const value = valueAt(root, issue.path);
  const whole = issue.path.length === 0;
  const where = whole ? 'the file' : printPath(issue.path);
  if (issue.code === 'invalid_key') {
    const allowed = issue.issues.map(({ message }) => message).join('; ');
    return { what: `${where} is not a good key`, found: String(issue.path.at(-1)), allowed };
  }
  const missing = value === undefined || value === null;
  return {
    what: missing ? `${where} is ${whole ? 'empty' : 'missing'}` : `${where} is not allowed`,
    found: foundBy(issue) ?? printValue(value),
    allowed:
      issue.code === 'invalid_union'
        ? shapeNames(schemaAt(schema, root, issue.path.slice(0, -1)))
        : allowedBy(issue),
  };
};

/** A check that says itself what it found, because the value would not show it. */
const foundBy = (issue: Issue): string | null =>
  issue.code === 'custom' && typeof issue.params?.['found'] === 'string'
    ? issue.params['found']
    : null;

const allowedBy = (issue: Issue): string => {
  switch (issue.code) {
    case 'invalid_type':
      return kindNames[issue.expected] ?? `a ${issue.expected}`;
    case 'invalid_value':
      return `one of: ${issue.values.map(String).join(', ')}`;
    case 'too_small':
      return issue.origin === 'string' ? 'a text that is not empty' : `at least ${issue.minimum}`;
    case 'too_big':
      return `at most ${issue.maximum}`;
    default:
      return issue.message;
  }
};

/** The names by which a value chooses among several shapes. */
const shapeNames = (schema: unknown): string =>
  schema instanceof z.ZodDiscriminatedUnion
    ? `one of: ${shapesOf(schema)
        .flatMap((shape) => literalsOf(shape[schema.def.discriminator]))
        .join(', ')}`
    : 'one of several shapes';

/** The schema library's names of kinds, as an author would say them. */
const kindNames: Readonly<Record<string, string>> = {
  string: 'a text',
  object: 'a map of fields',
  record: 'a map of fields',
  array: 'a list',
  int: 'a whole number',
  boolean: 'true or false',
};

/** `items[2].text.id`: a place in a file as an author would say it. */
export const printPath = (path: ValuePath): string =>
  path
    .map((step) => (typeof step === 'number' ? `[${step + 1}]` : `.${String(step)}`))
    .join('')
    .replace(/^\./, '');

const printValue = (value: unknown): string => {
  if (value === undefined || value === null) return 'nothing';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object') return 'a map';
  return String(value).slice(0, 60);
};

const valueAt = (root: unknown, path: ValuePath): unknown =>
  path.reduce<unknown>((value, step) => fieldOf(value, step), root);

const fieldOf = (value: unknown, step: PropertyKey): unknown =>
  typeof value === 'object' && value !== null
    ? (value as Readonly<Record<PropertyKey, unknown>>)[step]
    : undefined;

/** The schema of the value at `path`; among several shapes, the one that the value names. */
const schemaAt = (schema: unknown, value: unknown, path: ValuePath): unknown => {
  const [step, ...rest] = path;
  if (step === undefined) return schema;
  return schemaAt(schemaBelow(schema, value, step), fieldOf(value, step), rest);
};

const schemaBelow = (schema: unknown, value: unknown, step: PropertyKey): unknown => {
  if (schema instanceof z.ZodArray) return schema.element;
  if (schema instanceof z.ZodRecord) return schema.valueType;
  return shapeFields(schema, value)[step];
};

const shapeFields = (schema: unknown, value: unknown): Readonly<Record<PropertyKey, unknown>> => {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodOptional)
    return shapeFields(schema.unwrap(), value);
  if (schema instanceof z.ZodObject) return schema.shape;
  if (!(schema instanceof z.ZodDiscriminatedUnion)) return {};
  const { discriminator } = schema.def;
  const named = fieldOf(value, discriminator);
  return shapesOf(schema).find((shape) => literalsOf(shape[discriminator]).includes(named)) ?? {};
};

const shapesOf = (
  union: z.ZodDiscriminatedUnion,
): readonly Readonly<Record<PropertyKey, unknown>>[] =>
  union.options.flatMap((option) => (option instanceof z.ZodObject ? [option.shape] : []));

const literalsOf = (schema: unknown): readonly unknown[] =>
  schema instanceof z.ZodLiteral ? [...schema.values] : [];
