/** The Home of a person: drawn when they open it, and anew after everything they do in it. */
import type { Command } from '../../../core/conversation/command.ts';
import type { ChatEvent } from '../../../core/conversation/event.ts';
import { heldText, pauseEnd } from '../../../core/conversation/held.ts';
import { bareHome, type Home, type HomeAnswer, homeOf } from '../../../core/conversation/home.ts';
import { type ActionId, actionIds, type ChatMessage } from '../../../core/conversation/message.ts';
import { longestPause, readFrequency } from '../../../core/conversation/setting-words.ts';
import { readActionValue } from '../../../core/conversation/values.ts';
import { languages } from '../../../core/language.ts';
import { countMine, settingsOf } from '../../../core/store/people/about-me.ts';
import type { Context } from '../context.ts';
import { todaysTip } from './tip.ts';

type ActionEvent = Extract<ChatEvent, { kind: 'action' }>;

/** The command that says the same as a press, or a choice in a Home; null for every other press. */
export const pressedCommand = (event: Pick<ActionEvent, 'action' | 'value'>): Command | null => {
  const [piece = ''] = readActionValue(event.value)?.pieces ?? [];
  return commands[event.action]?.(piece) ?? null;
};

const commands: Partial<Record<ActionId, (piece: string) => Command | null>> = {
  [actionIds.help]: () => ({ name: 'help' }),
  [actionIds.myData]: () => ({ name: 'my-data' }),
  [actionIds.rights]: () => ({ name: 'rights' }),
  [actionIds.resume]: () => ({ name: 'resume' }),
  [actionIds.stop]: () => ({ name: 'stop' }),
  [actionIds.pause]: (piece) => {
    const days = Number(piece);
    return /^\d{1,2}$/u.test(piece) && days >= 1 && days <= longestPause
      ? { name: 'pause', days }
      : null;
  },
  [actionIds.frequency]: (count) => {
    const perWeek = readFrequency(count);
    return perWeek === null ? null : { name: 'frequency', perWeek };
  },
  [actionIds.language]: (piece) => {
    const language = languages.find((known) => known === piece);
    return language === undefined ? null : { name: 'language', language };
  },
  [actionIds.time]: (piece) => {
    const minute = Number(piece);
    return /^\d{1,4}$/u.test(piece) && minute < 24 * 60 ? { name: 'time', minute } : null;
  },
};

/** Lessons answer with themselves: in a Home that answer takes the tip's place. */
const tipKinds: readonly ChatMessage['kind'][] = ['lesson', 'lesson-answered'];

/** Draws the Home as it stands after the event, with the answer to what was done in it. */
export const showHome = async (
  context: Context,
  { key, from }: Pick<ChatEvent, 'key' | 'from'>,
  shown: { readonly personId: number | null; readonly said: HomeAnswer | null },
): Promise<void> => {
  const show = context.chats.get(from.platform)?.home;
  if (show === undefined) return;
  const home = await homeFor(context, shown);
  const outcome = home === null ? null : await show(from, home);
  if (outcome !== null && outcome.state !== 'sent')
    context.log.warn('home.not-shown', { key, state: outcome.state });
};

const homeFor = async (
  context: Context,
  { personId, said }: { readonly personId: number | null; readonly said: HomeAnswer | null },
): Promise<Home | null> => {
  if (personId === null) return said === null ? null : bareHome(said.message);
  const { catalogue, db, clock } = context;
  const own = await settingsOf(db, personId);
  const counts = await countMine(db, personId, [...catalogue.lessons.keys()]);
  const { language, minute, perWeek, stopped } = own;
  const now = clock.now();
  const below = heldText(catalogue, own, now);
  const answered = said !== null && tipKinds.includes(said.message.kind);
  return homeOf(
    catalogue,
    {
      ...{ language, minute, perWeek, stopped, ...counts },
      pausedUntil: pauseEnd(own, now),
    },
    {
      said: answered ? null : said,
      tip: answered ? said.message : await todaysTip(context, { id: personId, ...own }, below),
    },
  );
};
