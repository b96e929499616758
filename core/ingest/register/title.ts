/** A document's name: told by its format, or the great heading at its top. */
import { opensBody } from '../blocks/headings.ts';
import { unranked } from '../blocks/levels.ts';
import { beginsName, isNaming, isWholeName, numberedHeading } from '../regulation.ts';
import type { Block, Heading } from '../tree.ts';

type Titled = {
  readonly title: string | null;
  readonly masthead: readonly string[];
  readonly blocks: readonly Block[];
};

const untitled = (title: string | null, blocks: readonly Block[]): Titled => ({
  title,
  masthead: [],
  blocks,
});

/** Finds the title and takes it out of the blocks; `known` is what the format said. */
export const takeTitle = (
  blocks: readonly Block[],
  { known, regulation }: { readonly known: string | null; readonly regulation: boolean },
): Titled => {
  const instrument =
    instrumentTitle(blocks, known) ??
    firstLineTitle(blocks, known) ??
    (regulation ? capitalsTitle(blocks, known) : null);
  if (instrument !== null) return instrument;
  const top = leadingHeadings(blocks);
  const name = top.some(({ level }) => level === unranked)
    ? nameAmong(top)
    : singleTop(regulation ? blocks.filter(isNoChapter) : blocks, top);
  if (name === null) return untitled(known, blocks);
  const masthead = top.slice(0, top.indexOf(name)).map(({ text }) => text);
  return {
    title: known ?? name.text,
    masthead,
    blocks: blocks
      .slice(masthead.length)
      .filter((block) => block !== name || (known !== null && !same(known, name.text))),
  };
};

const same = (one: string, two: string): boolean => plain(one) === plain(two);
const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\d]+/gu, ' ')
    .trim();

const leadingHeadings = (blocks: readonly Block[]): readonly Heading[] => {
  const end = blocks.findIndex(({ kind }) => kind !== 'heading');
  return blocks
    .slice(0, end === -1 ? blocks.length : end)
    .filter((block): block is Heading => block.kind === 'heading');
};

/** The first line names the document, unless it is a short masthead above a much longer one. */
const nameAmong = (top: readonly Heading[]): Heading | null => {
  const [first, second] = top;
  if (first === undefined || opensBody(first.text)) return null;
  const masthead =
    second !== undefined &&
    !opensBody(second.text) &&
    words(first.text) <= 3 &&
    words(second.text) >= Math.max(6, 2 * words(first.text));
  return masthead ? second : first;
};

const words = (text: string): number => text.split(/\s+/).length;

/** A regulation's chapters may be as great as its name; they are known by their numbers and first words. */
const isNoChapter = (block: Block): boolean =>
  block.kind !== 'heading' ||
  (numberedHeading(block.text, '') === null && isNaming(block.text.toUpperCase()));

/** Where levels are told, the title is the first heading and no other is as great. */
const singleTop = (blocks: readonly Block[], top: readonly Heading[]): Heading | null => {
  const [first] = top;
  if (first === undefined || !blocks.includes(first) || opensBody(first.text)) return null;
  const rivals = blocks.filter(
    (block) => block.kind === 'heading' && block !== first && block.level <= first.level,
  );
  return rivals.length === 0 ? first : null;
};

/** Blocks above which a letterhead may stand. */
const topmost = 20;

/** "SURAT EDARAN … NOMOR … TENTANG …", also below a letterhead and an address. */
const instrumentTitle = (blocks: readonly Block[], known: string | null): Titled | null => {
  const from = blocks.slice(0, topmost).findIndex((block) => beginsName(wordsOf(block)));
  if (from === -1) return null;
  const naming = blocks.slice(from, from + namingRun(blocks.slice(from)));
  const title = naming.map(wordsOf).join(' ');
  if (!/\bTENTANG\b/u.test(title)) return null;
  const above = blocks.slice(0, from);
  const isHead = (block: Block): boolean =>
    isNaming(wordsOf(block)) || wordsOf(block) === 'SALINAN';
  return {
    title: known ?? title,
    masthead: above.filter(isHead).map(wordsOf),
    blocks: [...above.filter((block) => !isHead(block)), ...blocks.slice(from + naming.length)],
  };
};

/** "Peraturan … Nomor … tentang …" in small letters: only where it is all of the first line. */
const firstLineTitle = (blocks: readonly Block[], known: string | null): Titled | null =>
  leadingTitle(
    blocks,
    known,
    blocks.slice(0, 1).filter((first) => isWholeName(wordsOf(first))),
  );

const wordsOf = (block: Block): string => ('text' in block ? block.text.replace(/\s+/g, ' ') : '');

/** How many blocks in capitals the name goes on over. */
const namingRun = (blocks: readonly Block[]): number => {
  const end = blocks.findIndex((block) => !isNaming(wordsOf(block)));
  return end === -1 ? blocks.length : end;
};

/** Without such a beginning: the lines in capitals above everything else. */
const capitalsTitle = (blocks: readonly Block[], known: string | null): Titled | null =>
  leadingTitle(blocks, known, blocks.slice(0, namingRun(blocks)));

/** The first blocks as the title, unless the format said another one. */
const leadingTitle = (
  blocks: readonly Block[],
  known: string | null,
  naming: readonly Block[],
): Titled | null => {
  const text = naming.map(wordsOf).join(' ');
  return naming.length > 0 && (known === null || same(known, text))
    ? untitled(known ?? text, blocks.slice(naming.length))
    : null;
};
