/** Why a file cannot be taken in: one fault for each file, none of them half read. */
import { ContentError, type Fault } from '../../../core/errors.ts';

/** What a reader is given: the name for messages, the bytes, and whom to tell how far it is. */
export type Input = {
  readonly file: string;
  readonly bytes: Uint8Array;
  readonly progress: (done: number, total: number) => void;
};

/** A fault of the whole file, or of one line of it. */
export const refuse = (
  file: string,
  words: Pick<Fault, 'what' | 'found' | 'allowed'> & {
    readonly line?: number;
    readonly cause?: unknown;
  },
): ContentError => {
  const { line = 0, cause, ...rest } = words;
  return new ContentError([{ file, line, ...rest }], cause === undefined ? {} : { cause });
};
