/** Typed words and slash commands: obeyed and answered; the words themselves are kept nowhere. */
import { leavesRoom, localDate, ordinaryMinute } from '../../../core/calendar/work-time.ts';
import { sayIn } from '../../../core/content/say.ts';
import { atRisk } from '../../../core/content/source-lock.ts';
import { type Command, readCommand } from '../../../core/conversation/command.ts';
import type { ChatEvent } from '../../../core/conversation/event.ts';
import { clockTime } from '../../../core/conversation/home.ts';
import type { ChatMessage } from '../../../core/conversation/message.ts';
import { noticeMessage } from '../../../core/conversation/notice.ts';
import { type Language, locales } from '../../../core/language.ts';
import { lessonMessage } from '../../../core/learning/lesson-message.ts';
import { loadRecalls } from '../../../core/store/outbox/amendments.ts';
import { countMine, latestLesson, weekOf } from '../../../core/store/people/about-me.ts';
import {
  changeFrequency,
  changePreferences,
  dropWaitingLessons,
  type KnownPerson,
} from '../../../core/store/people/conversation.ts';
import { privacyNotice } from '../../../core/survey/privacy-notice.ts';
import type { Context } from '../context.ts';
import { goOn, pauseFor, postpone } from './delay.ts';
import { type Handling, type Reaction, reply } from './reaction.ts';
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
  const { person, trx, now } = handling;
  switch (command.name) {
    case 'help':
      return notice(handling, 'help', { buttons: ['myData', 'pause', 'stop'] });
    case 'question':
      return notice(handling, 'question', { buttons: ['help', 'stop'] });
    case 'unsure':
      return notice(handling, 'unsure', { buttons: ['stop', 'help'] });
    case 'lesson':
      return showLesson(handling);
    case 'later':
      return putOff(handling);
    case 'resume':
      await goOn(handling);
      return { ...notice(handling, 'resume', { buttons: ['help'] }), replan: true };
    case 'stop':
      await changePreferences(trx, person.id, { stopped_at: now });
      return notice(handling, 'stop', { buttons: ['resume', 'myData'] });
    case 'withdraw':
      return withdraw(handling, at);
    case 'my-data':
      return myData(handling);
    case 'why':
      return why(handling);
    case 'which-language':
      return notice(handling, 'which-language');
    case 'rights':
      return rights(handling);
    default:
      return changeSetting(handling, command);
  }
};

type Setting = Extract<Command, { name: 'pause' | 'frequency' | 'time' | 'language' }>;

const changeSetting = async (handling: Handling, command: Setting): Promise<Reaction> => {
  const { person, trx } = handling;
  switch (command.name) {
    case 'pause': {
      const until = await pauseFor(handling, command.days);
      const values = { until: longDate(until, person.language) };
      return notice(handling, 'paused-until', { values, buttons: ['resume'] });
    }
    case 'frequency':
      await changeFrequency(trx, person.id, command.perWeek);
      return replanned(notice(handling, 'frequency', { values: { count: command.perWeek } }));
    case 'time':
      return chooseTime(handling, command.minute);
    case 'language':
      await changePreferences(trx, person.id, { language: command.language });
      return notice(handling, 'language', { language: command.language });
  }
};

/** The wish is kept as it was said, since a longer day may hold it; the answer tells what an ordinary day makes of it. */
const chooseTime = async (handling: Handling, wish: number): Promise<Reaction> => {
  const { person, trx } = handling;
  if (!leavesRoom(person)) return notice(handling, 'help');
  await changePreferences(trx, person.id, { send_minute: wish });
  await dropWaitingLessons(trx, person.id);
  const minute = ordinaryMinute(person, wish);
  const values = { time: clockTime(minute, person.language) };
  return replanned(notice(handling, minute === wish ? 'time' : 'time-moved', { values }));
};

const replanned = (reaction: Reaction): Reaction => ({ ...reaction, replan: true });

const notice = (
  { context, person }: Handling,
  key: string,
  more: Omit<Parameters<typeof noticeMessage>[2], 'key'> & { readonly language?: Language } = {},
): Reaction => {
  const { language = person.language, ...rest } = more;
  return reply(noticeMessage(context.catalogue, language, { key: `answer.${key}`, ...rest }));
};

const showLesson = async ({ context, person, trx }: Handling): Promise<Reaction> =>
  reply(await todaysTip({ ...context, db: trx }, person));

/** Today's tip of a person, or the word that there is none yet. */
export const todaysTip = async (
  { catalogue, db }: Pick<Context, 'catalogue' | 'db'>,
  person: Pick<KnownPerson, 'id' | 'language' | 'welcomed'>,
): Promise<ChatMessage> => {
  // Who was welcomed and has had none yet sees the first one; nobody sees any before the welcome.
  const first = person.welcomed ? (catalogue.programme.lesson.order[0] ?? null) : null;
  const id = (await latestLesson(db, person.id)) ?? first;
  const lesson = id === null ? undefined : catalogue.lessons.get(id);
  // What may not be sent may not be asked for either.
  const blocked = id !== null && (atRisk(catalogue).has(id) || (await loadRecalls(db)).has(id));
  return lesson === undefined || blocked
    ? noticeMessage(catalogue, person.language, { key: 'answer.no-lesson' })
    : lessonMessage(catalogue, lesson, person.language);
};

const putOff = async (handling: Handling): Promise<Reaction> => {
  const id = await latestLesson(handling.trx, handling.person.id);
  if (id === null) return notice(handling, 'no-lesson');
  await postpone(handling, id);
  return notice(handling, 'later');
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

const why = async (handling: Handling): Promise<Reaction> => {
  const { context, person, trx, now } = handling;
  const say = sayIn(context.catalogue, person.language);
  const today = localDate(person.zone, now);
  const { perWeek, streams } = await weekOf(trx, person.id, today);
  const list = streams.map(({ stream, count }) => `${say(`studio.stream.${stream}`)} ${count}`);
  const count = streams.reduce((sum, each) => sum + each.count, 0);
  return notice(handling, 'why', {
    values: { count, list: list.join(', ') || '–', perWeek },
    buttons: ['pause', 'stop'],
  });
};

/** A day as people write it. */
export const longDate = (date: string, language: Language): string =>
  new Date(`${date}T00:00:00Z`).toLocaleDateString(locales[language], {
    timeZone: 'UTC',
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  });
