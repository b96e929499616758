/** A correction: an item that its reader saw before, as it stands after its source changed. */
import { sayIn } from '../content/say.ts';
import type { Catalogue, Lesson, Prompt } from '../content/schema.ts';
import { asSentence, wholeSentences } from '../conversation/clip.ts';
import type { ChatMessage, Part } from '../conversation/message.ts';
import type { Language } from '../language.ts';
import { sourceParts } from './source-line.ts';

/** The item in full below a word on why it comes again; no case, no new task. */
export const correctionMessage = (
  catalogue: Catalogue,
  item: Lesson | Prompt,
  language: Language,
): ChatMessage => {
  const say = sayIn(catalogue, language);
  const values = { title: item.title[language] };
  const title = say('system.correction.title', values);
  const why = say('system.correction.text', values);
  return {
    kind: 'correction',
    language,
    title,
    text: wholeSentences(`${asSentence(title)} ${why}`, 300),
    parts: [
      { type: 'paragraph', text: why },
      { type: 'paragraph', text: item.title[language], strong: true },
      ...body(item, language).map((text): Part => ({ type: 'paragraph', text })),
      ...sourceParts(catalogue, item, language),
    ],
  };
};

const body = (item: Lesson | Prompt, language: Language): readonly string[] =>
  'sentences' in item
    ? [item.sentences.map(({ text }) => text[language]).join(' '), item.intention[language]]
    : [item.action[language], item.script[language]];
