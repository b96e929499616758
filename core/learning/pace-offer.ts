/** A tip that asks, once, whether fewer would be welcome. */
import { sayIn } from '../content/say.ts';
import type { Catalogue } from '../content/schema.ts';
import { actionIds, type ChatMessage } from '../conversation/message.ts';
import { actionValue } from '../conversation/values.ts';

/** Slower paces to choose from, tips a week. */
const slower = [3, 1] as const;

/** The message with the offer below it. */
export const withPaceOffer = (catalogue: Catalogue, message: ChatMessage): ChatMessage => {
  const say = sayIn(catalogue, message.language);
  return {
    ...message,
    parts: [
      ...message.parts,
      { type: 'context', text: say('lesson.slower') },
      {
        type: 'actions',
        actions: slower.map((count) => ({
          id: actionIds.frequency,
          label: say(`button.perWeek${count}`),
          value: actionValue(message.language, String(count)),
        })),
      },
    ],
  };
};
