/** Putting off: a pause of days, or one lesson for later; and whether anything comes at all. */
import { localDate, nextWindow, sendTime } from '../../../core/calendar/work-time.ts';
import { addDays, instantAt, weekday } from '../../../core/calendar/zone.ts';
import { hour, type LocalDate } from '../../../core/clock.ts';
import { heldText } from '../../../core/conversation/held.ts';
import type { ChatMessage } from '../../../core/conversation/message.ts';
import { noticeMessage } from '../../../core/conversation/notice.ts';
import type { SettingWish } from '../../../core/conversation/setting-words.ts';
import { openDays, streams } from '../../../core/delivery/streams.ts';
import { loadCalendar } from '../../../core/store/calendars.ts';
import { settingsOf } from '../../../core/store/people/about-me.ts';
import { changePreferences, planLater } from '../../../core/store/people/conversation.ts';
import { resumeSending } from '../../../core/store/people/sending.ts';
import type { Handling } from './reaction.ts';

/** How long a pause is to be. */
export type Pause = Pick<Extract<SettingWish, { name: 'pause' }>, 'days' | 'atLeast'>;

/** Pauses up to and including the last day, which is told; a pause of one day is today. */
export const pauseFor = async (
  { trx, person, now }: Handling,
  { days, atLeast }: Pause,
): Promise<LocalDate> => {
  const until = addDays(localDate(person.zone, now), days - 1);
  const held = atLeast ? (await settingsOf(trx, person.id)).pausedUntil : null;
  if (held !== null && held > until) return held;
  await changePreferences(trx, person.id, { paused_until: until });
  return until;
};

/** The days of a pause whose last day is the next such weekday: said on that very day, a week from today. */
export const daysThrough = ({ person, now }: Handling, last: number): number =>
  ((last - weekday(localDate(person.zone, now)) + 6) % 7) + 2;

/** That the person's messages are stopped or paused, as an answer says it; null while they come. */
export const heldLine = async ({ context, trx, person, now }: Handling): Promise<string | null> =>
  heldText(context.catalogue, await settingsOf(trx, person.id), now);

/**
 * Ends pause and stop as of that moment; the fresh look that follows plans the days ahead that were left out. A wish that
 * the queue brings after a newer stop ends nothing: told is what holds then, else null.
 */
export const goOn = async (
  { context, trx, person }: Handling,
  at: Date,
): Promise<ChatMessage | null> =>
  (await resumeSending(trx, person.id, at))
    ? null
    : noticeMessage(context.catalogue, person.language, {
        key: 'answer.stop',
        buttons: ['resume', 'myData'],
      });

/**
 * Two hours later within the day's window, else at the beginning of the next working day's that has room: one postponed
 * tip a day, none on leave. A tip that waits already is not planned a second time.
 */
export const postpone = async ({ trx, person, now }: Handling, item: string): Promise<void> => {
  const calendar = await loadCalendar(trx);
  const { priority } = streams['lesson-later'];
  const last = addDays(localDate(person.zone, now), openDays);
  let due = nextWindow(calendar, person, new Date(now.getTime() + 2 * hour)).at;
  for (let slot = localDate(person.zone, due); slot <= last; slot = localDate(person.zone, due)) {
    const window = sendTime(calendar, person, { date: slot, minute: 0, chosen: true });
    if (window === null) throw new Error(`a window at ${due.toISOString()} has no day of its own`);
    const { expires } = window;
    if (await planLater(trx, person.id, { item, slot, due, expires, priority })) return;
    due = nextWindow(calendar, person, instantAt(person.zone, addDays(slot, 1), 0)).at;
  }
};
