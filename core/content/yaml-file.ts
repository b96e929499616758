/** One YAML file with the line of every value, so that a later fault can say where it is. */
import { type Document, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
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
  const { document, lineOf } = parse(text);
  const faults = [...document.errors, ...document.warnings].map(
    ({ code, message, pos: [offset] }): Fault => ({
      file,
      line: lineOf(offset),
      what: `not valid YAML: ${message}`,
      found: firstLine(text.slice(offset)),
      allowed: code === 'DUPLICATE_KEY' ? 'each key once' : 'one YAML 1.2 document',
    }),
  );
  return {
    file,
    value: faults.length > 0 ? undefined : document.toJS(),
    faults,
    // Only a faulty file needs lines, so the nodes of a hundred good ones are not kept: it is parsed anew.
    lineAt: (wanted) => {
      const again = parse(text);
      return again.lineOf(offsetOf(again.document, wanted));
    },
  };
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
