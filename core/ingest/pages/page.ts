/** What a printed page holds: words where it places them, and the lines they make. */

/** Words as a page places them, in points from its upper left corner. */
export type PageWord = {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly size: number;
};

/** One page, its words in the order in which it draws them. */
export type Page = { readonly page: number; readonly words: readonly PageWord[] };

/** A printed line; `cells` are its parts with wide space between them. */
export type PageLine = {
  readonly page: number;
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly right: number;
  readonly size: number;
  readonly cells: readonly { readonly text: string; readonly x: number; readonly right: number }[];
};
