/** Notices for the preview: every pair `key.title` and `key.text` of the chat texts, its holes filled with samples. */
import { sayIn } from '../../../core/content/say.ts';
import type { Catalogue, Lesson } from '../../../core/content/schema.ts';
import { answerNow } from '../../../core/conversation/answer-now.ts';
import { type ActionId, actionIds, type ChatMessage } from '../../../core/conversation/message.ts';
import { type NoticeButton, noticeMessage } from '../../../core/conversation/notice.ts';
import { longestPause } from '../../../core/conversation/setting-words.ts';
import { actionValue } from '../../../core/conversation/values.ts';
import { type Language, locales } from '../../../core/language.ts';
import { type Platform, platforms } from '../../../core/ports.ts';
import { privacyNotice } from '../../../core/survey/privacy-notice.ts';
import type { Kind } from '../../../web/preview/data.ts';
import type { Agency } from '../../jobs/context.ts';

/** Texts that modules of their own turn into messages. */
const ownMessages: ReadonlySet<string> = new Set([
  'pulse.invitation',
  'pulse.reminder',
  'pulse.received',
  'welcome',
  'system.correction',
]);

/** Every notice that the chat texts hold, so that a new one shows up by itself, and one with half its texts too. */
export const noticeKinds = ({ messages }: Catalogue): readonly Kind[] => {
  const keys = [...messages.keys()].flatMap(
    (name) => /^(.+)\.(?:title|text)$/.exec(name)?.[1] ?? [],
  );
  return (
    [...new Set(keys)]
      // The headings of a Home are no notices.
      .filter((key) => !ownMessages.has(key) && !key.startsWith('home.'))
      .map((key) => ({
        id: key,
        group: 'notice',
        title: messages.get(`${key}.title`) ?? null,
        of: null,
        platforms: platformsOf(key),
      }))
  );
};

/** A text whose key begins with a platform's name is said there alone. */
const platformsOf = (key: string): readonly Platform[] => {
  const only = platforms.filter((platform) => key.startsWith(`${platform}.`));
  return only.length === 0 ? platforms : only;
};

/** Notices that stand in a pressed message's place. */
const presses: Readonly<Record<string, ActionId>> = {
  'answer.resume': actionIds.resume,
  'answer.skip-pulse': actionIds.skipPulse,
};

/** Buttons of the notices that answer typed words, and presses that say the same. */
const buttons: Readonly<Record<string, readonly NoticeButton[]>> = {
  'answer.stop': ['resume', 'myData'],
  'answer.help': ['myData', 'pause', 'stop'],
  'answer.question': ['help', 'stop'],
  'answer.unsure': ['stop', 'help'],
  'answer.paused-until': ['resume'],
  'answer.pause-stopped': ['resume'],
  'answer.later-held': ['resume'],
  'answer.my-data': ['pause', 'stop'],
  'answer.withdrawn': ['myData'],
  'answer.withdraw-none': ['myData'],
  'answer.withdraw-newer': ['myData'],
  'answer.withdraw-late': ['myData'],
  'answer.withdraw-gone': ['myData'],
  privacy: ['myData', 'stop'],
  'answer.why': ['pause', 'stop'],
};

/** The notice of a key; throws where the texts lack it or have a hole that no sample fills. */
export const noticeSample = (
  making: {
    readonly catalogue: Catalogue;
    readonly agency: Agency;
    readonly language: Language;
    readonly lesson: Lesson | undefined;
  },
  key: string,
): ChatMessage => {
  const { catalogue, agency, language, lesson } = making;
  const action = presses[key];
  const answer =
    action === undefined
      ? null
      : answerNow({ action, value: actionValue(language, lesson?.id ?? '') }, catalogue);
  if (answer !== null) return answer;
  const values = {
    ...sampleValues[language],
    ...privacyNotice(catalogue),
    contact: agency.contact,
    letter: agency.letter,
    agency: agency.name,
    date: until(language),
    survey: sayIn(catalogue, language)('answer.my-data.sealed'),
    unit: agency.name,
    zone: agency.zone,
    title: lesson?.title[language] ?? '',
  };
  return noticeMessage(catalogue, language, { key, values, buttons: buttons[key] ?? [] });
};

const until = (language: Language): string =>
  new Date('2026-12-18T00:00:00Z').toLocaleDateString(locales[language], {
    timeZone: 'UTC',
    dateStyle: 'full',
  });

/** What the holes of a notice are filled with. */
const sampleValues: Readonly<Record<Language, Readonly<Record<string, string | number>>>> = {
  id: {
    until: until('id'),
    time: '09.00',
    asked: '02.00',
    count: 3,
    seen: 12,
    answered: 9,
    perWeek: 5,
    list: 'kiat pada hari kerja: 3',
    longest: longestPause,
  },
  en: {
    until: until('en'),
    time: '09:00',
    asked: '02:00',
    count: 3,
    seen: 12,
    answered: 9,
    perWeek: 5,
    list: 'tips on working days: 3',
    longest: longestPause,
  },
};
