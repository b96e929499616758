/** The sections of a document: what a lesson can cite, each with its own id, title and text. */
import type { Language } from '../../language.ts';
import type { Block, Heading, SourceText } from '../tree.ts';
import { textOf } from '../tree.ts';

export type Section = {
  readonly id: string;
  readonly title: string;
  /** What stands right above it and is no section's text: headings without one, what announces the headings below. */
  readonly above: readonly string[];
  /** Every heading that it stands below, the greatest first, its own the last. */
  readonly path: readonly string[];
  readonly text: string;
  readonly page: number | null;
  readonly blocks: readonly Block[];
};

const openings: Readonly<Record<Language, string>> = { id: 'Pembuka', en: 'Opening' };

type Outlined = Pick<SourceText, 'blocks' | 'language' | 'masthead'>;

/** Splits at headings and questions; no letter of the document is lost. */
export const sectionsOf = (source: Outlined): readonly Section[] => {
  const name = idGiver();
  return merged(parts(source), source.masthead).map(({ path, above, blocks, title }) => ({
    id: name(title, path, blocks),
    title,
    above,
    path,
    text: blocks.map(sectionText).join('\n\n'),
    page: blocks[0]?.page ?? null,
    blocks,
  }));
};

/** A question is its section's title, and its answer the text. */
const sectionText = (block: Block): string => (block.kind === 'faq' ? block.answer : textOf(block));

type Part = Pick<Section, 'title' | 'path'> & {
  readonly above: string[];
  readonly blocks: Block[];
};

const part = (title: string, path: readonly string[], ...blocks: Block[]): Part => ({
  title,
  path,
  above: [],
  blocks,
});

/** One part a heading, the question of a FAQ one of its own. */
const parts = ({ blocks, language }: Outlined): readonly Part[] => {
  const out: Part[] = [part(openings[language], [])];
  let headings: readonly Heading[] = [];
  for (const block of blocks) {
    const open = out.at(-1);
    // A row of stars is no name that a reader could be told.
    if (block.kind === 'heading' && /[\p{L}\p{N}]/u.test(block.text)) {
      headings = [...headings.filter(({ level }) => level < block.level), block];
      out.push(part(block.text, pathOf(headings)));
    } else if (block.kind === 'faq') {
      out.push(part(block.question, [...pathOf(headings), block.question], block));
    } else if (open !== undefined && open.blocks.at(-1)?.kind !== 'faq') {
      open.blocks.push(block);
    } else {
      const path = pathOf(headings);
      out.push(part(path.at(-1) ?? openings[language], path, block));
    }
  }
  return out;
};

const pathOf = (headings: readonly Heading[]): readonly string[] =>
  headings.map(({ text }) => text);

/** A heading without text, or with nothing but the announcement of what stands below it, opens the next section. */
const merged = (all: readonly Part[], masthead: readonly string[]): readonly Part[] => {
  const out: Part[] = [];
  let above = [...masthead];
  for (const [at, own] of all.entries()) {
    if (at < all.length - 1 && isOnlyOpening(own)) {
      if (own.path.length > 0) above.push(own.title);
      above.push(...own.blocks.map(textOf));
      continue;
    }
    out.push({ ...own, above });
    above = [];
  }
  return out.flatMap(withText);
};

const isOnlyOpening = ({ blocks }: Part): boolean =>
  blocks.every(
    (block) => block.kind === 'paragraph' && block.text.endsWith(':') && block.emptyList !== true,
  );

/** The last heading of a document may have no text; its words are then the section's. */
const withText = (own: Part): readonly Part[] => {
  if (own.blocks.length > 0) return [own];
  if (own.path.length === 0) return [];
  const text = own.title;
  return [{ ...own, blocks: [{ kind: 'paragraph', text, page: null, line: null }] }];
};

type NameSection = (title: string, path: readonly string[], blocks: readonly Block[]) => string;

/** Ids of one document, each given once: pasal-7, faq-…, else the heading in kebab case. */
const idGiver = (): NameSection => {
  const given = new Set<string>();
  const counts = new Map<string, number>();
  return (title, path, blocks) => {
    const question = blocks.at(-1)?.kind === 'faq';
    const explained = path.some((heading) => /^PENJELASAN/u.test(heading)) && path.length > 1;
    const base = `${explained ? 'penjelasan-' : ''}${question ? 'faq-' : ''}${kebab(unnumbered(title))}`;
    let id = base;
    for (let count = counts.get(base) ?? 2; given.has(id); count += 1) {
      id = `${base}-${count}`;
      counts.set(base, count);
    }
    given.add(id);
    return id;
  };
};

/** A heading without its own number, which a new edition may shift; an article's number is its name. */
export const unnumbered = (title: string): string =>
  title.replace(/^(?:\d+(?:\.\d+)*[.)]?|[IVX]+\.|[A-Z][.)])\s+(?=\S)/u, '');

const longestId = 56;

/** `Peran Pimpinan (2)` → `peran-pimpinan-2`; cut between words. */
export const kebab = (text: string): string => {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const words = plain.match(/[a-z0-9]+/g) ?? ['section'];
  const kept = words.reduce((id, word) => {
    const longer = id === '' ? word.slice(0, longestId) : `${id}-${word}`;
    return longer.length > longestId ? id : longer;
  }, '');
  return kept;
};
