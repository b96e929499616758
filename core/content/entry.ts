/** A content file that has its shape, still knowing its lines. */
import type { Fault } from '../errors.ts';
import type { Lesson, Programme, Prompt, SourceDocument, Survey } from './schema.ts';
import type { ValuePath } from './yaml-file.ts';

/** One parsed file. */
export type Entry<T> = {
  /** As printed in a fault: `content/…`. */
  readonly file: string;
  readonly value: T;
  readonly lineAt: (path: ValuePath) => number;
};

/** One folder of content; `claimed` also holds the ids of files that have faults, so that one fault stays one. */
export type Room<T> = {
  readonly entries: readonly Entry<T>[];
  readonly claimed: ReadonlySet<string>;
};

/** The files' values by their ids. */
export const byId = <T extends { readonly id: string }>(room: Room<T>): ReadonlyMap<string, T> =>
  new Map(room.entries.map(({ value }) => [value.id, value]));

/** Chat texts of one file. */
type Messages = Readonly<Record<string, { readonly id: string; readonly en: string }>>;

/** Everything under `content/`, by folder. */
export type Rooms = {
  readonly documents: Room<SourceDocument>;
  readonly lessons: Room<Lesson>;
  readonly surveys: Room<Survey>;
  readonly prompts: Room<Prompt>;
  readonly programmes: Room<Programme>;
  readonly messages: Room<Messages>;
};

/** A fault at a place of an entry. */
export const faultAt = (
  entry: Pick<Entry<unknown>, 'file' | 'lineAt'>,
  path: ValuePath,
  words: Pick<Fault, 'what' | 'found' | 'allowed'>,
): Fault => ({ file: entry.file, line: entry.lineAt(path), ...words });

/** `one of: a, b, c`, cut after thirty. */
export const oneOf = (known: Iterable<string>): string => {
  const names = [...known];
  if (names.length === 0) return 'nothing: there are none yet';
  return `one of: ${names.slice(0, 30).join(', ')}${names.length > 30 ? ', …' : ''}`;
};
