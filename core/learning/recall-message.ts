/** A recall: what stands in the place of an item that was withdrawn as wrong. */
import type { Catalogue } from '../content/schema.ts';
import type { ChatMessage } from '../conversation/message.ts';
import { noticeMessage } from '../conversation/notice.ts';
import type { Language } from '../language.ts';

/** Names the item by its title; one that the catalogue no longer has is only said to have stood there. */
export const recallMessage = (
  catalogue: Catalogue,
  item: string,
  language: Language,
): ChatMessage => {
  const known = catalogue.lessons.get(item) ?? catalogue.prompts.get(item);
  return known === undefined
    ? noticeMessage(catalogue, language, { key: 'system.recall-untitled' })
    : noticeMessage(catalogue, language, {
        key: 'system.recall',
        values: { title: known.title[language] },
      });
};
