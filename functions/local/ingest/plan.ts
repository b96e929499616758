/** What taking in a document would change: its register entry and its drafts, against what stands in the folder. */
import { join } from 'node:path';
import { ConfigError } from '../../../core/errors.ts';
import { type DraftFile, draftsOf, isUntouched } from '../../../core/ingest/drafts.ts';
import { type Idea, ideasOf } from '../../../core/ingest/ideas.ts';
import {
  aboutDocument,
  isFree,
  type Told,
  unconfirmed,
} from '../../../core/ingest/register/about.ts';
import {
  type Registered,
  registerEntry,
  type Standing,
} from '../../../core/ingest/register/register.ts';
import { type Section, sectionsOf } from '../../../core/ingest/register/sections.ts';
import type { TipWords } from '../../../core/ingest/wording.ts';
import type { Language } from '../../../core/language.ts';
import { checkEntry, knownId, standingEntry } from './entry.ts';
import { refuse } from './fault.ts';
import type { Document } from './read.ts';
import type { Wording } from './wording.ts';
import { type Change, namesIn, readIfThere } from './write.ts';

export type Request = {
  /** The content folder. */
  readonly folder: string;
  readonly id: string | null;
  readonly told: Told;
  /** True: drafts of every section, also of a known document's unchanged ones. */
  readonly allDrafts: boolean;
  /** The help of a model with the words of tips; null = the drafts stay empty. */
  readonly word: ((idea: Idea, language: Language) => Promise<Wording>) | null;
};

export type Plan = {
  readonly id: string;
  readonly document: Document;
  readonly about: ReturnType<typeof aboutDocument>;
  /** Fields of `about` that were found and nobody said. */
  readonly unconfirmed: ReturnType<typeof unconfirmed>;
  readonly registered: Registered;
  /** False for a document that the register does not know yet. */
  readonly known: boolean;
  readonly ideas: readonly Idea[];
  /** Drafts in which an author has written, or may have; they stay as they are. */
  readonly kept: readonly string[];
  /** Why proposed words were not taken, one line a draft. */
  readonly refused: readonly string[];
  readonly changes: readonly Change[];
};

/** Reads what stands and decides; writes nothing. */
export const planDocument = async (document: Document, request: Request): Promise<Plan> => {
  const { folder, told } = request;
  const id = request.id ?? (await knownId(folder, told.title ?? document.title ?? ''));
  const standing = await standingEntry(folder, id);
  const title = document.title ?? id;
  const source = { told, shown: { ...document, title }, standing: standing?.value ?? null };
  const about = aboutDocument(id, source);
  checkQuoting(about, told, standing);
  const registered = registerEntry(about, foundSections(document), standing);
  const { changed, appeared, vanished } = registered.changes;
  if (request.id !== null && standing !== null)
    checkSame(document, { request, registered, standing });
  const touched = new Set([...changed, ...appeared, ...vanished]);
  const all = standing === null || request.allDrafts;
  const ideas = ideasOf(registered.sections.filter((section) => all || touched.has(section.id)));
  checkCount(document.file, ideas.length);
  const { words, refused } = await wordIdeas(request, ideas, about.language);
  const files = draftsOf(id, ideas, words);
  const drafts = await draftChanges(folder, id, { drafts: files, touched, all });
  const path = `documents/${id}.yaml`;
  const entry = registered.text === standing?.text ? [] : [{ path, text: registered.text }];
  for (const { text } of entry) checkEntry(document.file, { path, text, about });
  return {
    id,
    document,
    about,
    unconfirmed: unconfirmed(source),
    registered,
    known: standing !== null,
    ideas,
    kept: drafts.kept,
    refused,
    changes: [...entry, ...drafts.changes],
  };
};

/** A register entry without sections is a fault of the whole catalogue, so none is made. */
const foundSections = (document: Document): readonly Section[] => {
  const sections = sectionsOf(document);
  if (sections.length > 0) return sections;
  throw refuse(document.file, {
    what: 'no section with text in this document',
    found: 'a title and nothing else',
    allowed: 'a document with text below its title',
  });
};

/** Tips that are worded in one run; a person has to read each of them. */
const mostWorded = 50;

const wordIdeas = async (
  { word }: Request,
  ideas: readonly Idea[],
  language: Language,
): Promise<{
  readonly words: ReadonlyMap<Idea, TipWords>;
  readonly refused: readonly string[];
}> => {
  const words = new Map<Idea, TipWords>();
  const refused: string[] = [];
  if (word === null) return { words, refused };
  for (const idea of ideas.filter(({ use }) => use === 'tip').slice(0, mostWorded)) {
    const wording = await word(idea, language);
    if ('words' in wording) words.set(idea, wording.words);
    else refused.push(`${idea.section}: ${wording.refused.join('; ')}`);
  }
  return { words, refused };
};

/** More drafts than this nobody reads; a regulation of 300 pages gives some 2,000. */
const mostIdeas = 10_000;

const checkCount = (file: string, found: number): void => {
  if (found > mostIdeas)
    throw refuse(file, {
      what: 'too many ideas to draft from',
      found: String(found),
      allowed: `at most ${mostIdeas}; take the document in in parts`,
    });
};

/** Quoting is the operator's word on a licence, so the licence has to be named. */
const checkQuoting = (about: Plan['about'], told: Told, standing: Standing | null): void => {
  const named = told.licence !== undefined || standing?.value.quotable === true;
  if (about.quotable && !named && !isFree(about))
    throw new ConfigError('--quotable: name the licence that allows it, with --licence');
};

type Replacing = {
  readonly request: Request;
  readonly registered: Registered;
  readonly standing: Standing;
};

/** An id of the register typed for another document would put everything that cites the first one at risk. */
const checkSame = (
  { file, title }: Document,
  { request, registered, standing }: Replacing,
): void => {
  const stands = standing.value.title;
  const bears = (request.told.title ?? title ?? '').toLowerCase();
  if (registered.changes.same.length > 0 || bears === stands.toLowerCase()) return;
  throw refuse(file, {
    what: `${request.id} is another document: not one section is the same`,
    found: title ?? 'no title',
    allowed: `an id of its own, or --title ${JSON.stringify(stands)} if it replaces that one`,
  });
};

type Wanted = {
  readonly drafts: readonly DraftFile[];
  readonly touched: ReadonlySet<string>;
  readonly all: boolean;
};

/** New drafts in, stale ones out, an author's own words untouched. */
const draftChanges = async (
  folder: string,
  id: string,
  { drafts, touched, all }: Wanted,
): Promise<{ readonly changes: readonly Change[]; readonly kept: readonly string[] }> => {
  const place = `drafts/${id}`;
  const wanted = new Map(drafts.map(({ name, text }) => [`${place}/${name}`, text]));
  const changes: Change[] = [];
  const kept: string[] = [];
  for (const { path, text } of await textsIn(folder, place)) {
    const now = wanted.get(path) ?? null;
    const concerned = now !== null || all || touched.has(sectionOf(text));
    if (!concerned || now === text) wanted.delete(path);
    else if (!isUntouched(text, now)) {
      wanted.delete(path);
      kept.push(path);
    } else if (now === null) changes.push({ path, text: null });
  }
  return { changes: [...changes, ...[...wanted].map(([path, text]) => ({ path, text }))], kept };
};

const textsIn = async (folder: string, place: string) =>
  Promise.all(
    (await namesIn(join(folder, place))).map(async (name) => {
      const path = `${place}/${name}`;
      return { path, text: (await readIfThere(join(folder, path))) ?? '' };
    }),
  );

/** The section that a draft cites. */
const sectionOf = (text: string): string => /#([a-z0-9.-]+)$/m.exec(text)?.[1] ?? '';
