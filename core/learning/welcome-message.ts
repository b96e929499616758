/** The first message a person ever gets: purpose, what is stored, who sees it, and the way out. */

import { sayIn } from '../content/say.ts';
import type { Catalogue } from '../content/schema.ts';
import { wholeSentences } from '../conversation/clip.ts';
import { actionIds, type ChatMessage, type Part } from '../conversation/message.ts';
import { pauseDays } from '../conversation/notice.ts';
import { actionValue } from '../conversation/values.ts';
import type { Language } from '../language.ts';

/** What the agency says of itself in the welcome. */
export type WelcomeFacts = {
  readonly name: string;
  readonly letter: string;
  readonly contact: string;
};

const topics = ['purpose', 'stored', 'readers', 'not-used', 'leave'] as const;

/** The welcome with the agency's name, letter and contact filled in. */
export const welcomeMessage = (
  catalogue: Catalogue,
  language: Language,
  agency: WelcomeFacts,
): ChatMessage => {
  const say = sayIn(catalogue, language);
  const values = { agency: agency.name, letter: agency.letter, contact: agency.contact };
  const title = say('welcome.title', values);
  return {
    kind: 'welcome',
    language,
    title,
    text: wholeSentences(`${title}. ${say('welcome.purpose', values)}`, 300),
    parts: [
      ...topics.map(
        (topic): Part => ({ type: 'paragraph', text: say(`welcome.${topic}`, values) }),
      ),
      { type: 'context', text: say('welcome.basis', values) },
      {
        type: 'actions',
        actions: [
          {
            id: actionIds.help,
            label: say('button.help'),
            value: actionValue(language),
            style: 'primary',
          },
          {
            id: actionIds.pause,
            label: say('button.pause'),
            value: actionValue(language, String(pauseDays)),
          },
          { id: actionIds.stop, label: say('button.stop'), value: actionValue(language) },
        ],
      },
    ],
  };
};
