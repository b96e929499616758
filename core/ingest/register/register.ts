/** The register entry of a document: made anew, or the one that stands brought up to date. */
import { type Document, isMap, isSeq, parseDocument, Scalar, stringify, type YAMLMap } from 'yaml';
import type { SourceDocument } from '../../content/schema.ts';
import { normalised, sectionFingerprint } from '../../content/source-lock.ts';
import { goneFingerprint, matchSections, printOf } from './match-sections.ts';
import type { Section } from './sections.ts';

/** All that a register says of a document besides its sections. */
export type About = Omit<SourceDocument, 'sections'>;

/** Ids of the register's sections by what became of them. */
type Changes = {
  readonly same: readonly string[];
  readonly changed: readonly string[];
  readonly appeared: readonly string[];
  readonly vanished: readonly string[];
};

export type Registered = {
  readonly text: string;
  readonly changes: Changes;
  /** The sections as read, under the ids that the register knows them by. */
  readonly sections: readonly Section[];
};

/** The entry that stands: its file's text and its parsed value. */
export type Standing = { readonly text: string; readonly value: SourceDocument };

const longLines = { lineWidth: 0 } as const;

/** The entry's YAML; comments, ids and titles of a standing one stay, and what vanished keeps its id. */
export const registerEntry = (
  about: About,
  sections: readonly Section[],
  standing: Standing | null,
): Registered => {
  const known = standing?.value.sections ?? [];
  const pairs = matchSections(known, sections);
  const taken = new Set(known.map(({ id }) => id));
  const named = sections.map((section, at): Section => {
    const old = pairs[at];
    return { ...section, id: old?.id ?? freeId(section.id, taken) };
  });
  const changes = changesOf({ pairs, sections: named, known });
  const text =
    standing === null
      ? firstEntry(about, named)
      : isAsItStands(about, changes, standing)
        ? standing.text
        : updatedEntry({ about, sections: named, standing, changes });
  return { text, changes, sections: named };
};

/** True when nothing would change, so that the file keeps its form, too. */
const isAsItStands = (
  about: About,
  { changed, appeared, vanished }: Changes,
  { value: { sections: _, ...before } }: Standing,
): boolean =>
  fieldsOf(before) === fieldsOf(about) && [...changed, ...appeared, ...vanished].length === 0;

const fieldsOf = (about: About): string => JSON.stringify(Object.entries(about).sort());

const freeId = (id: string, taken: Set<string>): string => {
  let free = id;
  for (let count = 2; taken.has(free); count += 1) free = `${id}-${count}`;
  taken.add(free);
  return free;
};

type Old = SourceDocument['sections'][number];

type Compared = {
  readonly pairs: readonly (Old | null)[];
  readonly sections: readonly Section[];
  readonly known: readonly Old[];
};

const changesOf = ({ pairs, sections, known }: Compared): Changes => {
  const ids = (wanted: (old: Old | null, now: Section) => boolean): readonly string[] =>
    sections.filter((now, at) => wanted(pairs[at] ?? null, now)).map(({ id }) => id);
  const isSame = (old: Old, now: Section): boolean => printOf(old) === sectionFingerprint(now.text);
  const paired = new Set(pairs);
  const alone = known.filter((old) => !paired.has(old) && printOf(old) !== goneFingerprint);
  const whole = normalised(sections.map(({ text }) => text).join('\n'));
  const [still, vanished] = [true, false].map((said) =>
    alone.filter((old) => isExtract(old, whole) === said).map(({ id }) => id),
  );
  return {
    same: [...ids((old, now) => old !== null && isSame(old, now)), ...(still ?? [])],
    changed: ids((old, now) => old !== null && !isSame(old, now)),
    appeared: ids((old) => old === null),
    vanished: vanished ?? [],
  };
};

/** A register may cut finer than headings do (one ayat, one definition); such a part is there while its lines are. */
const isExtract = ({ text }: Old, whole: string): boolean =>
  text?.split('\n').every((line) => whole.includes(normalised(line))) === true;

const firstEntry = (about: About, sections: readonly Section[]): string => {
  const document = parseDocument(stringify({ ...about, sections: [] }, longLines));
  document.set(
    'sections',
    document.createNode(sections.map((section) => sectionFields(section, about.quotable))),
  );
  return document.toString(longLines);
};

const sectionFields = ({ id, title, text }: Section, quotable: boolean) => ({
  id,
  title: { id: title, en: title },
  ...(quotable ? { text: literal(text) } : { fingerprint: sectionFingerprint(text) }),
});

/** A text over several lines as it stands, not folded. */
const literal = (text: string): Scalar => {
  const scalar = new Scalar(text);
  scalar.type = Scalar.BLOCK_LITERAL;
  return scalar;
};

type Update = {
  readonly about: About;
  readonly sections: readonly Section[];
  readonly standing: Standing;
  readonly changes: Changes;
};

const updatedEntry = ({ about, sections, standing, changes }: Update): string => {
  const document = parseDocument(standing.text);
  setFields(document, standing.value, about);
  const list = document.get('sections');
  if (!isSeq(list)) throw new Error('a parsed register has sections');
  const nodes = new Map(list.items.filter(isMap).map((node) => [node.get('id'), node]));
  for (const id of changes.vanished) setBody(nodes.get(id), null, about.quotable);
  // What did not change keeps the form in which it was written.
  const rewritten = new Set(
    standing.value.quotable === about.quotable ? changes.changed : nodes.keys(),
  );
  const appeared = new Set(changes.appeared);
  let at = 0;
  for (const section of sections) {
    const node = nodes.get(section.id);
    if (rewritten.has(section.id)) setBody(node, section.text, about.quotable);
    if (node !== undefined) at = list.items.indexOf(node) + 1;
    else if (appeared.has(section.id)) {
      list.items.splice(at, 0, document.createNode(sectionFields(section, about.quotable)));
      at += 1;
    }
  }
  return document.toString(longLines);
};

const setFields = (document: Document, before: SourceDocument, about: About): void => {
  for (const [field, value] of Object.entries(about))
    if (JSON.stringify(before[field as keyof About]) !== JSON.stringify(value))
      document.set(field, value);
};

/** `null` = gone: what cites it is at risk, and nothing that cites it breaks. */
const setBody = (node: YAMLMap | undefined, text: string | null, quotable: boolean): void => {
  node?.delete('text');
  node?.delete('fingerprint');
  if (text !== null && quotable) node?.set('text', literal(text));
  else node?.set('fingerprint', text === null ? goneFingerprint : sectionFingerprint(text));
};
