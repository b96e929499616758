/** Headings whose rank nobody told: a heading right above another one is a chapter, the others belong to it. */

import type { Block, Heading } from '../tree.ts';
import { countsItsParts } from './headings.ts';

/** The level of a heading that only its form gave away. */
export const unranked = 0;

/** Gives every unranked heading its level, once the title is taken: 1 for chapters and what stands before them, 2 below. */
export const rankHeadings = (blocks: readonly Block[]): readonly Block[] => {
  let inChapter = false;
  return blocks.map((block, at): Block => {
    if (block.kind !== 'heading' || block.level !== unranked) return block;
    const chapter = isChapter(blocks, at);
    inChapter ||= chapter;
    return { ...block, level: chapter || !inChapter ? 1 : 2 };
  });
};

const isChapter = (blocks: readonly Block[], at: number): boolean => {
  const [next, afterNext] = [blocks[at + 1], blocks[at + 2]];
  if (isUnranked(next)) return true;
  return next?.kind === 'paragraph' && countsItsParts(next.text) && isUnranked(afterNext);
};

const isUnranked = (block: Block | undefined): block is Heading =>
  block?.kind === 'heading' && block.level === unranked;
