/** What a claimed nudge says: its item put into words for this reader, from content and published figures only. */

import type { ChatMessage } from '../../../core/conversation/message.ts';
import { catalogueItem } from '../../../core/delivery/amendment.ts';
import { leaderMessage } from '../../../core/leadership/summary-message.ts';
import { correctionMessage } from '../../../core/learning/correction-message.ts';
import { lessonMessage } from '../../../core/learning/lesson-message.ts';
import { withPaceOffer } from '../../../core/learning/pace-offer.ts';
import { welcomeMessage } from '../../../core/learning/welcome-message.ts';
import type { Claimed } from '../../../core/store/outbox/claims.ts';
import type { Context } from '../context.ts';
import { composePulse, openPulses, type Pulse, waveOf } from './compose-pulse.ts';
import { type LeaderBook, openLeaderBook } from './leader-book.ts';

/** Puts one nudge into words; null = it is not needed any more and nothing is sent. */
export type Compose = (nudge: Claimed) => ChatMessage | null;

/** Loads once what a batch needs, then composes each of its nudges. */
export const composer = async (context: Context, batch: readonly Claimed[]): Promise<Compose> => {
  const pulses = await openPulses(context, batch);
  const book = batch.some(({ stream }) => stream === 'leader')
    ? await openLeaderBook(context)
    : null;
  // The same item in the same language is the same message: views then draw it once for a whole batch.
  const said = new Map<string, ChatMessage | null>();
  const sharing = sharedStreams(context);
  return (nudge) => {
    const shared = sharing.includes(nudge.stream);
    const key = `${nudge.stream} ${nudge.item} ${nudge.language} ${nudge.offerPace}`;
    const known = shared ? said.get(key) : undefined;
    if (known !== undefined) return known;
    const message = compose(context, { pulses, book }, nudge);
    if (shared) said.set(key, message);
    return message;
  };
};

/** A link on a page of the agency's own is for one person. */
const sharedStreams = ({ agency }: Context): readonly string[] =>
  agency.ballotPage === null ? ['lesson', 'pulse', 'correction'] : ['lesson', 'correction'];

type Books = { readonly pulses: ReadonlyMap<string, Pulse>; readonly book: LeaderBook | null };

const compose = (context: Context, books: Books, nudge: Claimed): ChatMessage | null => {
  const { catalogue } = context;
  switch (nudge.stream) {
    case 'welcome':
      return welcomeMessage(catalogue, nudge.language, context.agency);
    case 'lesson':
    case 'lesson-later': {
      const lesson = catalogue.lessons.get(nudge.item);
      if (lesson === undefined) return null;
      return nudge.offerPace
        ? withPaceOffer(catalogue, lessonMessage(catalogue, lesson, nudge.language))
        : lessonMessage(catalogue, lesson, nudge.language);
    }
    case 'correction': {
      const id = catalogueItem(nudge.item);
      const item = catalogue.lessons.get(id) ?? catalogue.prompts.get(id);
      return item === undefined ? null : correctionMessage(catalogue, item, nudge.language);
    }
    case 'leader': {
      const prompt = catalogue.prompts.get(nudge.item);
      if (prompt === undefined || books.book === null) return null;
      const figures = books.book(nudge.unitId, nudge.language);
      return leaderMessage(catalogue, nudge.language, { figures, prompt });
    }
    default:
      return composePulse(context, books.pulses.get(waveOf(nudge.item)), nudge);
  }
};
