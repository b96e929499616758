/** Why a message stands in a chat, in the reader's language; from the outbox, never from guesses. */
import { type Say, sayIn } from '../../../core/content/say.ts';
import type { Catalogue } from '../../../core/content/schema.ts';
import type { Language } from '../../../core/language.ts';
import type { LocalMessage } from '../../../core/store/local-messages.ts';
import type { SentNudge } from '../../../core/store/runs/nudges.ts';
import { momentLabel } from '../story/moment.ts';

/** Sentences about one message; `nudge` is null for answers and for reminders, which leave no trace. */
export const whySent = (
  catalogue: Catalogue,
  language: Language,
  { message, nudge }: { readonly message: LocalMessage; readonly nudge: SentNudge | null },
): readonly string[] => {
  const say = sayIn(catalogue, language);
  const how = nudge?.recalled ? 'recalled' : 'changed';
  const changed = message.changedAt === null ? [] : [say(`studio.why.${how}`)];
  if (nudge === null) return [say('studio.why.answer'), ...changed];
  const stream = say(`studio.stream.${nudge.stream}`);
  const time = momentLabel(nudge.due, nudge.zone, language);
  return [
    say('studio.why.slot', { stream, time }),
    ...moved(catalogue, say, nudge.movedReason),
    say('studio.why.week', { count: nudge.inWeek }),
    ...changed,
  ];
};

const moved = (catalogue: Catalogue, say: Say, reason: string | null): readonly string[] => {
  if (reason === null) return [];
  const keys = [`calendar.moved.${reason}`, `studio.moved.${reason}`];
  return keys.filter((key) => catalogue.messages.has(key)).map((key) => say(key));
};
