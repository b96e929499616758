/** The tip a person asks for or puts off: never one that may not be sent, and none is promised to who gets none. */
import { atRisk } from '../../../core/content/source-lock.ts';
import type { ChatMessage } from '../../../core/conversation/message.ts';
import { noticeMessage } from '../../../core/conversation/notice.ts';
import { lessonMessage } from '../../../core/learning/lesson-message.ts';
import { loadRecalls } from '../../../core/store/outbox/amendments.ts';
import { latestLesson } from '../../../core/store/people/about-me.ts';
import type { KnownPerson } from '../../../core/store/people/conversation.ts';
import type { Context } from '../context.ts';
import { heldLine, postpone } from './delay.ts';
import type { Handling } from './reaction.ts';

/** The latest tip of a person that may still be said, or the word that there is none, with what is said `below` it. */
export const todaysTip = async (
  { catalogue, db }: Pick<Context, 'catalogue' | 'db'>,
  person: Pick<KnownPerson, 'id' | 'language' | 'welcomed'>,
  below: string | null,
): Promise<ChatMessage> => {
  const sayable = await sayableLessons({ catalogue, db });
  const latest = await latestLesson(db, person.id, sayable);
  const hadOne = latest !== null || (await latestLesson(db, person.id)) !== null;
  // Who was welcomed and has had none yet sees the first one; nobody sees any before the welcome.
  const first = catalogue.programme.lesson.order.find((id) => sayable.includes(id));
  const id = latest ?? (hadOne || !person.welcomed ? undefined : first);
  const lesson = id === undefined ? undefined : catalogue.lessons.get(id);
  if (lesson !== undefined) return lessonMessage(catalogue, lesson, person.language);
  const key = hadOne ? 'answer.lesson-withdrawn' : 'answer.no-lesson';
  return noticeMessage(catalogue, person.language, { key, ...told(below) });
};

/** Plans a tip's second showing, or says why it does not come again. */
export const putOff = async (handling: Handling, item: string): Promise<ChatMessage | null> => {
  const { context, trx, person } = handling;
  const { catalogue } = context;
  const below = await heldLine(handling);
  const sayable = await sayableLessons({ catalogue, db: trx });
  const key = sayable.includes(item) ? 'answer.later-held' : 'answer.lesson-withdrawn';
  if (below !== null || key === 'answer.lesson-withdrawn')
    return noticeMessage(catalogue, person.language, { key, ...told(below) });
  await postpone(handling, item);
  return null;
};

/** What a notice says below, with the way back to messages that are held. */
const told = (below: string | null): Pick<NoticeParts, 'below' | 'buttons'> =>
  below === null ? {} : { below, buttons: ['resume'] };

type NoticeParts = Parameters<typeof noticeMessage>[2];

/** The lessons that may be sent: what may not be may not be asked for either. */
const sayableLessons = async ({
  catalogue,
  db,
}: Pick<Context, 'catalogue' | 'db'>): Promise<readonly string[]> => {
  const recalled = await loadRecalls(db);
  const blocked = atRisk(catalogue);
  return [...catalogue.lessons.keys()].filter((id) => !recalled.has(id) && !blocked.has(id));
};
