/** "…, antara lain:" and nothing below: an announced list that the document does not give. */
import type { Block } from '../tree.ts';

/** Marks every paragraph that announces a list and gives none; what answers it stays as it is. */
export const markEmptyLists = (blocks: readonly Block[]): readonly Block[] => {
  let level = 0;
  return blocks.map((block, at): Block => {
    if (block.kind === 'heading') level = block.level;
    if (block.kind !== 'paragraph' || !announces(block.text)) return block;
    return isAnswered(blocks[at + 1], level) ? block : { ...block, emptyList: true };
  });
};

/** True when a text ends by promising more. */
export const announces = (text: string): boolean => /\p{L}[^\p{L}]*:$/u.test(text);

/** A list, a table, a question, a quotation or headings of a lower rank keep the promise. */
const isAnswered = (next: Block | undefined, level: number): boolean => {
  if (next === undefined) return false;
  if (next.kind === 'heading') return next.level > level;
  return next.kind !== 'paragraph' || /^["“'«(]/u.test(next.text);
};
