/** What taking in a document would change: its register entry and its drafts, against what stands in the folder. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { documentSchema, type SourceDocument } from '../../../core/content/schema.ts';
import { shapeOf } from '../../../core/content/shape.ts';
import { readYaml } from '../../../core/content/yaml-file.ts';
import { ConfigError, ContentError } from '../../../core/errors.ts';
import { type DraftFile, draftsOf, isUntouched } from '../../../core/ingest/drafts.ts';
import { type Idea, ideasOf } from '../../../core/ingest/ideas.ts';
import { aboutDocument, type Told } from '../../../core/ingest/register/about.ts';
import {
  type Registered,
  registerEntry,
  type Standing,
} from '../../../core/ingest/register/register.ts';
import { kebab, sectionsOf } from '../../../core/ingest/register/sections.ts';
import type { TipWords } from '../../../core/ingest/wording.ts';
import type { Language } from '../../../core/language.ts';
import { refuse } from './fault.ts';
import type { Document } from './read.ts';
import type { Wording } from './wording.ts';
import { type Change, readIfThere } from './write.ts';

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
  const shown = { ...document, title };
  const about = aboutDocument(id, { told, shown, standing: standing?.value ?? null });
  checkQuoting(about, told, standing);
  const registered = registerEntry(about, sectionsOf(document), standing);
  const { changed, appeared, vanished } = registered.changes;
  const touched = new Set([...changed, ...appeared, ...vanished]);
  const all = standing === null || request.allDrafts;
  const ideas = ideasOf(registered.sections.filter((section) => all || touched.has(section.id)));
  checkCount(document.file, ideas.length);
  const { words, refused } = await wordIdeas(request, ideas, about.language);
  const files = draftsOf(id, ideas, words);
  const drafts = await draftChanges(folder, id, { drafts: files, touched, all });
  const path = `documents/${id}.yaml`;
  const entry = registered.text === standing?.text ? [] : [{ path, text: registered.text }];
  return {
    id,
    document,
    about,
    registered,
    known: standing !== null,
    ideas,
    kept: drafts.kept,
    refused,
    changes: [...entry, ...drafts.changes],
  };
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
  if (about.quotable && !named && about.kind !== 'regulation')
    throw new ConfigError('--quotable: name the licence that allows it, with --licence');
};

/** The id of the registered document with this title, else the title in kebab case. */
const knownId = async (folder: string, title: string): Promise<string> => {
  const wanted = kebab(title);
  for (const name of await namesIn(join(folder, 'documents'))) {
    const text = (await readIfThere(join(folder, 'documents', name))) ?? '';
    const entry = documentSchema.safeParse(yamlOf(text)).data;
    if (entry !== undefined && kebab(entry.title) === wanted) return entry.id;
  }
  return wanted;
};

const yamlOf = (text: string): unknown => {
  try {
    return parse(text);
  } catch {
    // Another document's broken entry is told by `content check`; here it only has no title.
    return null;
  }
};

const namesIn = async (folder: string): Promise<readonly string[]> => {
  try {
    return (await readdir(folder)).filter((name) => name.endsWith('.yaml')).sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
};

const standingEntry = async (folder: string, id: string): Promise<Standing | null> => {
  const path = `documents/${id}.yaml`;
  const text = await readIfThere(join(folder, path));
  if (text === null) return null;
  const yaml = readYaml({ path, text });
  if (yaml.faults.length > 0) throw new ContentError(yaml.faults);
  const shape = shapeOf<SourceDocument>(yaml, documentSchema);
  if ('faults' in shape) throw new ContentError(shape.faults);
  return { text, value: shape.value };
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
