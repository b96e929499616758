/** Typed words and slash commands: obeyed and answered; the words themselves are kept nowhere. */
import {
  instantAt,
  leavesRoom,
  localDate,
  ordinaryMinute,
} from '../../../core/calendar/work-time.ts';
import { addDays, localMinute } from '../../../core/calendar/zone.ts';
import { sayIn } from '../../../core/content/say.ts';
import { type Command, readCommand } from '../../../core/conversation/command.ts';
import type { ChatEvent } from '../../../core/conversation/event.ts';
import { clockTime, longDate } from '../../../core/conversation/home.ts';
import { noticeMessage } from '../../../core/conversation/notice.ts';
import { longestPause, type SettingWish } from '../../../core/conversation/setting-words.ts';
import type { Language } from '../../../core/language.ts';
import { zoneNames } from '../../../core/people/roster.ts';
import { countMine, latestLesson, weekOf } from '../../../core/store/people/about-me.ts';
import {
  changeFrequency,
  changePreferences,
  dropWaitingLessons,
} from '../../../core/store/people/conversation.ts';
import { stopSending } from '../../../core/store/people/sending.ts';
import { privacyNotice } from '../../../core/survey/privacy-notice.ts';
import { daysThrough, goOn, heldLine, type Pause, pauseFor } from './delay.ts';
import { showSurvey } from './pulse-press.ts';
import { type Handling, type Reaction, reply } from './reaction.ts';
import { putOff, todaysTip } from './tip.ts';
import { standing, withdraw } from './withdraw.ts';

/** Obeys the text of a message or slash command. */
export const obey = (
  handling: Handling,
  event: Extract<ChatEvent, { kind: 'text' }>,
): Promise<Reaction> => {
  const read = readCommand(event.text);
  const unknown = event.command === true && read.name === 'question';
  return obeyCommand(handling, unknown ? { name: 'help' } : read, event.at);
};

/** Obeys an understood command, given at that moment, and answers in the person's language. */
export const obeyCommand = async (
  handling: Handling,
  command: Command,
  at: Date,
): Promise<Reaction> => {
  const { context, person, trx } = handling;
  const { contact } = context.agency;
  switch (command.name) {
    case 'help':
      return promise(handling, 'help', {
        buttons: person.stopped ? ['myData'] : ['myData', 'pause', 'stop'],
      });
    case 'question':
      return promise(handling, 'question', {
        values: { contact },
        buttons: person.stopped ? ['help'] : ['help', 'stop'],
      });
    case 'unsure':
      return promise(handling, 'unsure', { values: { contact }, buttons: ['stop', 'help'] });
    case 'lesson':
      return showLesson(handling);
    case 'later':
      return later(handling);
    case 'survey':
      return showSurvey(handling);
    case 'resume':
      return resume(handling, at);
    case 'stop':
      await stopSending(trx, person.id, at);
      return notice(handling, 'stop', { buttons: ['resume', 'myData'] });
    case 'withdraw':
      return withdraw(handling, at);
    case 'my-data':
      return myData(handling);
    case 'why':
      return why(handling);
    case 'rights':
      return rights(handling);
    default:
      return changeSetting(handling, command);
  }
};

const resume = async (handling: Handling, at: Date): Promise<Reaction> => {
  const stopped = await goOn(handling, at);
  if (stopped !== null) return reply(stopped);
  return replanned(notice(handling, 'resume', { buttons: ['help'] }));
};

const changeSetting = async (handling: Handling, wish: SettingWish): Promise<Reaction> => {
  const { person, trx } = handling;
  switch (wish.name) {
    case 'pause':
      return pause(handling, wish);
    case 'pause-until':
      return pause(handling, { days: daysThrough(handling, wish.weekday) });
    case 'frequency':
      await changeFrequency(trx, person.id, wish.perWeek);
      return replanned(await promise(handling, 'frequency', { values: { count: wish.perWeek } }));
    case 'time':
      return chooseTime(handling, wish);
    case 'language':
      await changePreferences(trx, person.id, { language: wish.language });
      return promise(handling, 'language', { language: wish.language });
    default:
      return notice(handling, wish.name, { values: { longest: longestPause } });
  }
};

/** A stop outlasts every pause: one asked for meanwhile would only hide it. */
const pause = async (handling: Handling, length: Pause): Promise<Reaction> => {
  const { person } = handling;
  if (person.stopped) return promise(handling, 'pause-stopped');
  const until = longDate(await pauseFor(handling, length), person.language);
  return notice(handling, 'paused-until', { values: { until }, buttons: ['resume'] });
};

/** The wish is kept as it was said, since a longer day may hold it; the answer tells what an ordinary day makes of it. */
const chooseTime = async (
  handling: Handling,
  { minute: wish, zone }: Extract<SettingWish, { name: 'time' }>,
): Promise<Reaction> => {
  const { person, trx, now } = handling;
  const own = clocksLike(person.zone, now);
  if (zone !== undefined && !own.includes(zone))
    return notice(handling, 'other-zone', { values: { zone: own[0] ?? person.zone } });
  if (!leavesRoom(person)) return notice(handling, 'help');
  await changePreferences(trx, person.id, { send_minute: wish });
  await dropWaitingLessons(trx, person.id);
  const minute = ordinaryMinute(person, wish);
  const values = {
    time: clockTime(minute, person.language),
    asked: clockTime(wish, person.language),
  };
  return replanned(await promise(handling, minute === wish ? 'time' : 'time-moved', { values }));
};

/** The names of the Indonesian time that the clocks of a zone show. */
const clocksLike = (zone: string, now: Date): readonly string[] =>
  Object.keys(zoneNames).filter(
    (name) => localMinute(zoneNames[name] ?? zone, now) === localMinute(zone, now),
  );

const replanned = (reaction: Reaction): Reaction => ({ ...reaction, replan: true });

type Words = Omit<Parameters<typeof noticeMessage>[2], 'key'> & { readonly language?: Language };

const notice = ({ context, person }: Handling, key: string, more: Words = {}): Reaction => {
  const { language = person.language, ...rest } = more;
  return reply(noticeMessage(context.catalogue, language, { key: `answer.${key}`, ...rest }));
};

/** An answer that speaks of messages to come: whoever gets none for now is told so below it, with the way back. */
const promise = async (handling: Handling, key: string, more: Words = {}): Promise<Reaction> => {
  const below = await heldLine(handling);
  const { buttons = [] } = more;
  return below === null
    ? notice(handling, key, more)
    : notice(handling, key, { ...more, below, buttons: ['resume', ...buttons] });
};

const showLesson = async (handling: Handling): Promise<Reaction> => {
  const { context, person, trx } = handling;
  return reply(await todaysTip({ ...context, db: trx }, person, await heldLine(handling)));
};

const later = async (handling: Handling): Promise<Reaction> => {
  const id = await latestLesson(handling.trx, handling.person.id);
  if (id === null) return promise(handling, 'no-lesson');
  const refusal = await putOff(handling, id);
  return refusal === null ? notice(handling, 'later') : reply(refusal);
};

const myData = async (handling: Handling): Promise<Reaction> => {
  const { context, person, trx } = handling;
  const counts = await countMine(trx, person.id, [...context.catalogue.lessons.keys()]);
  const survey = sayIn(
    context.catalogue,
    person.language,
  )(`answer.my-data.${await standing(handling)}`);
  return notice(handling, 'my-data', {
    values: { unit: person.unitName, zone: person.zone, survey, ...counts },
    buttons: ['pause', 'stop'],
  });
};

/** The privacy notice in full, with its version and hash. */
const rights = ({ context, person }: Handling): Reaction => {
  const { name: agency, letter, contact } = context.agency;
  const values = { agency, letter, contact, ...privacyNotice(context.catalogue) };
  return reply(
    noticeMessage(context.catalogue, person.language, {
      key: 'privacy',
      values,
      buttons: ['myData', 'stop'],
    }),
  );
};

/** The basis of all messages, those of the week with the reason of each kind, and the person's own pace. */
const why = async (handling: Handling): Promise<Reaction> => {
  const { context, person, trx, now } = handling;
  const { name: agency, letter } = context.agency;
  const say = sayIn(context.catalogue, person.language);
  const first = addDays(localDate(person.zone, now), -6);
  const { perWeek, streams } = await weekOf(trx, person.id, instantAt(person.zone, first, 0));
  const list = streams.map(({ stream, count }) => say(`answer.why.${stream}`, { count }));
  const count = streams.reduce((sum, each) => sum + each.count, 0);
  return promise(handling, 'why', {
    values: { agency, letter, count, list: list.join(', ') || '–', perWeek },
    buttons: ['pause', 'stop'],
  });
};
