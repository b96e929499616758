/** What a comment is about: one of the five aspects, by the survey's keywords, or none of them. */
import MiniSearch from 'minisearch';
import { aspects, type Survey } from '../../content/schema.ts';
import { wordsOf } from './names.ts';
import { stem } from './stem.ts';

/** The five aspects, and what fits none of them. */
export const themes = [...aspects, 'other'] as const;
export type Theme = (typeof themes)[number];

/** Words of each aspect in both languages. */
export type Keywords = Survey['comment']['keywords'];

/** The theme of each comment: the aspect whose words weigh most in it (BM25 over stems), the first of equals. */
export const themesOf = (comments: readonly string[], keywords: Keywords): readonly Theme[] => {
  const index = new MiniSearch<{ readonly id: number; readonly text: string }>({
    fields: ['text'],
    tokenize: (text) => [...wordsOf(text)],
    processTerm: stem,
  });
  index.addAll(comments.map((text, id) => ({ id, text })));
  const best = comments.map(() => ({ theme: 'other' as Theme, score: 0 }));
  for (const theme of aspects)
    for (const { id, score } of index.search(`${keywords[theme].id} ${keywords[theme].en}`))
      if (score > (best[id]?.score ?? 0)) best[id] = { theme, score };
  return best.map(({ theme }) => theme);
};
