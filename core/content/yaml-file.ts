/** One YAML file with the line of every value, so that a later fault can say where it is. */
import { CORE_SCHEMA, load, type YAMLException } from 'js-yaml';
import {
  type Document,
  type ErrorCode,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
} from 'yaml';
import type { Fault } from '../errors.ts';
import type { ContentFile } from './schema.ts';

/** Keys and positions from the top of a file down to a value. */
export type ValuePath = readonly PropertyKey[];

/** A file as read: its plain value, its syntax faults, and the 1-based line of any path in it. */
export type YamlFile = {
  /** As printed in a fault: `content/…`. */
  readonly file: string;
  readonly value: unknown;
  readonly faults: readonly Fault[];
  /** The line of the deepest part of `path` that exists. */
  readonly lineAt: (path: ValuePath) => number;
};

/** Reads one file; with syntax faults (duplicate keys among them) its value is undefined. */
export const readYaml = ({ path, text }: ContentFile): YamlFile => {
  const file = `content/${path}`;
  const read = readQuickly(text);
  return {
    file,
    value: 'value' in read ? read.value : undefined,
    faults: 'value' in read ? [] : syntaxFaults({ file, text }, read.mark),
    // Only a faulty file needs lines.
    lineAt: (wanted) => {
      const { document, lineOf } = parse(text);
      return lineOf(offsetOf(document, wanted));
    },
  };
};

type Mark = { readonly line: number; readonly reason: string };

/** The value by the quicker of two parsers, which keeps no places: a start reads a hundred good files. */
const readQuickly = (text: string): { readonly value: unknown } | { readonly mark: Mark } => {
  try {
    return { value: load(text, { schema: CORE_SCHEMA }) ?? null };
  } catch (error) {
    const { mark, reason } = error as YAMLException;
    return { mark: { line: (mark?.line ?? 0) + 1, reason } };
  }
};

/** The faults by the parser that knows places; where it finds none, what the quicker one said. */
const syntaxFaults = (
  { file, text }: { readonly file: string; readonly text: string },
  { line, reason }: Mark,
): readonly Fault[] => {
  const { document, lineOf } = parse(text);
  const all = [...document.errors, ...document.warnings];
  // What the parser makes of the lines around a tab misleads: the tab is the fault.
  const tabs = all.filter((one) => one.code === 'TAB_AS_INDENT');
  const faults = (tabs.length > 0 ? tabs : all).map(
    ({ code, message, pos: [offset] }): Fault => ({
      file,
      line: lineOf(offset),
      what: `not valid YAML: ${message}`,
      found: firstLine(text.slice(offset)),
      allowed: allowedFor[code] ?? 'one YAML 1.2 document',
    }),
  );
  if (faults.length > 0) return faults;
  const found = firstLine(text.split('\n')[line - 1] ?? '');
  return [
    { file, line, what: `not valid YAML: ${reason}`, found, allowed: 'one YAML 1.2 document' },
  ];
};

const allowedFor: Readonly<Partial<Record<ErrorCode, string>>> = {
  DUPLICATE_KEY: 'each key once',
  TAB_AS_INDENT: 'spaces',
};

const parse = (text: string) => {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: false, stringKeys: true });
  return { document, lineOf: (offset: number): number => lineCounter.linePos(offset).line };
};

const firstLine = (text: string): string => (text.split('\n', 1)[0] ?? '').trim().slice(0, 40);

const offsetOf = (document: Document, path: ValuePath): number => {
  let place: Place = { node: document.contents, offset: startOf(document.contents) ?? 0 };
  for (const step of path) {
    const next = stepInto(place.node, step);
    if (next === null) break;
    place = { node: next.node, offset: startOf(next.at) ?? place.offset };
  }
  return place.offset;
};

type Place = { readonly node: unknown; readonly offset: number };

/** A value of a map is found at its key, because a reader looks for the key. */
const stepInto = (
  node: unknown,
  step: PropertyKey,
): { readonly node: unknown; readonly at: unknown } | null => {
  if (isMap(node)) {
    const pair = node.items.find(({ key }) => isScalar(key) && key.value === step);
    return pair === undefined ? null : { node: pair.value, at: pair.key };
  }
  if (isSeq(node) && typeof step === 'number') {
    return { node: node.items[step], at: node.items[step] };
  }
  return null;
};

const startOf = (node: unknown): number | undefined =>
  (node as Partial<Node> | null | undefined)?.range?.[0];
