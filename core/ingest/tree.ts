/** The one tree that every reader gives: what kind each piece of a document is, and where it stood. */
import type { Language } from '../language.ts';

/** Where a piece stood; 1-based, null where the format has no such thing. */
export type Place = { readonly page: number | null; readonly line: number | null };

/** `marker` as the document writes it, `-` for every bullet; depth 0 is the outermost. */
export type ListItem = { readonly marker: string; readonly depth: number; readonly text: string };

/** A heading's level counts from 1; a lower number is the greater heading. */
export type Heading = Place & {
  readonly kind: 'heading';
  readonly level: number;
  readonly text: string;
};

/** `emptyList` marks a text that announces a list which the document does not give. */
export type Paragraph = Place & {
  readonly kind: 'paragraph';
  readonly text: string;
  readonly emptyList?: boolean;
};

export type List = Place & { readonly kind: 'list'; readonly items: readonly ListItem[] };

export type Table = Place & {
  readonly kind: 'table';
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
};

export type Faq = Place & {
  readonly kind: 'faq';
  readonly question: string;
  readonly answer: string;
};

export type Block = Heading | Paragraph | List | Table | Faq;

/** One line as a reader sees it, not yet known to be a heading, an item or a part of a paragraph. */
export type Line = Place & {
  readonly kind: 'line';
  readonly text: string;
  /** True when the line ended only because the page did: the text may go on in the next one. */
  readonly full: boolean;
  /** True when more than the usual space stands above. */
  readonly gap: boolean;
  /** Spaces before the text. */
  readonly indent: number;
  /** The heading level that the type size tells; null when it tells nothing. */
  readonly level: number | null;
};

/** What a reader hands over: blocks where the format says what they are, else lines. */
export type Piece = Block | Line;

/** Something an operator should look at; never a reason to stop. */
export type Warning = Place & { readonly what: string; readonly found: string };

/** A document as its reader gives it. */
export type Reading = {
  readonly title: string | null;
  readonly publisher: string | null;
  readonly pieces: readonly Piece[];
  readonly warnings: readonly Warning[];
};

/** A document with every piece recognised. */
export type SourceText = {
  readonly title: string | null;
  /** Short lines above the title, such as the publisher's name. */
  readonly masthead: readonly string[];
  readonly language: Language;
  readonly blocks: readonly Block[];
};

/** A block's text as a section keeps it: items one a line, a table as rows of cells. */
export const textOf = (block: Block): string => {
  switch (block.kind) {
    case 'heading':
    case 'paragraph':
      return block.text;
    case 'list':
      return block.items.map(itemText).join('\n');
    case 'table':
      return tableText(block);
    case 'faq':
      return `${block.question}\n${block.answer}`;
  }
};

/** As Markdown draws it. */
const tableText = ({ header, rows }: Table): string =>
  [
    `| ${header.join(' | ')} |`,
    `|${header.map(() => '---|').join('')}`,
    ...rows.map((row) => `| ${row.join(' | ')} |`),
  ].join('\n');

const itemText = ({ marker, depth, text }: ListItem): string =>
  `${'  '.repeat(depth)}${marker} ${text}`;
