/** The Home of one person in our own words: today's tip, their own progress, their settings; shown only to them. */
import type { LocalDate } from '../clock.ts';
import { sayIn } from '../content/say.ts';
import type { Catalogue } from '../content/schema.ts';
import { type Language, locales } from '../language.ts';
import { type ActionId, actionIds, type ChatMessage, type Option, type Part } from './message.ts';
import { noticeButtons } from './notice.ts';
import { actionValue, readActionValue } from './values.ts';

/** A setting to choose; `chosen` is the value in force, null where none of the options is. */
export type Choice = {
  readonly type: 'choice';
  readonly id: ActionId;
  readonly label: string;
  /** What stands there while nothing is chosen. */
  readonly hint: string;
  readonly options: readonly Option[];
  readonly chosen: string | null;
};

/** One headed piece of a Home. */
export type HomeSection = {
  readonly title: string;
  readonly parts: readonly (Part | Choice)[];
};

export type Home = {
  readonly language: Language;
  readonly sections: readonly HomeSection[];
};

/** What a Home shows of a person. */
export type Mine = {
  readonly language: Language;
  /** Minutes after local midnight; null = the programme's usual time. */
  readonly minute: number | null;
  readonly perWeek: number;
  /** The last day of a pause that still holds, as people read it. */
  readonly pausedUntil: string | null;
  readonly stopped: boolean;
  readonly seen: number;
  readonly answered: number;
};

/** Times of day offered, in minutes after midnight: full hours of the working day. */
const offeredMinutes = [8, 9, 10, 11, 13, 14, 15].map((hour) => hour * 60);
const offeredPauses = [1, 7, 14, 30] as const;

type Place = 'tip' | 'settings' | 'about-me';

/** Where in a Home something is pressed, unless its value names a lesson; everything else is pressed on the tip. */
const places: Partial<Record<ActionId, Place>> = {
  [actionIds.frequency]: 'settings',
  [actionIds.time]: 'settings',
  [actionIds.language]: 'settings',
  [actionIds.pause]: 'settings',
  [actionIds.resume]: 'settings',
  [actionIds.stop]: 'settings',
  [actionIds.myData]: 'about-me',
  [actionIds.rights]: 'about-me',
  [actionIds.help]: 'about-me',
};

/** The answer to something done in a Home; `to` is what was pressed, null for an answer to nothing in it. */
export type HomeAnswer = {
  readonly message: ChatMessage;
  readonly to: { readonly action: ActionId; readonly value: string } | null;
};

const placeOf = ({ lessons }: Catalogue, { to }: HomeAnswer): Place | null => {
  if (to === null) return null;
  const [piece = ''] = readActionValue(to.value)?.pieces ?? [];
  return lessons.has(piece) ? 'tip' : (places[to.action] ?? 'tip');
};

/**
 * A Home with `tip`, today's tip or the word that there is none yet. An answer stands right below the section in which
 * it was asked for: a Home is longer than a telephone, and stays where it was scrolled to.
 */
export const homeOf = (
  catalogue: Catalogue,
  mine: Mine,
  { tip, said }: { readonly tip: ChatMessage; readonly said: HomeAnswer | null },
): Home => {
  const { language } = mine;
  const asked = said === null ? null : placeOf(catalogue, said);
  const answerAt = (place: Place | null): readonly HomeSection[] =>
    said !== null && place === asked ? [spoken(said.message)] : [];
  return {
    language,
    sections: [
      ...answerAt(null),
      { title: tip.title, parts: tip.parts },
      ...answerAt('tip'),
      progress(catalogue, mine),
      settings(catalogue, mine),
      ...answerAt('settings'),
      aboutMe(catalogue, language),
      ...answerAt('about-me'),
    ],
  };
};

/** A Home that says one thing only, to somebody without a tip, a progress or settings. */
export const bareHome = (said: ChatMessage): Home => ({
  language: said.language,
  sections: [spoken(said)],
});

/** An answer without its buttons: those of the Home stand around it. */
const spoken = ({ title, parts }: ChatMessage): HomeSection => ({
  title,
  parts: parts.filter(({ type }) => type !== 'actions'),
});

const progress = (catalogue: Catalogue, mine: Mine): HomeSection => {
  const say = sayIn(catalogue, mine.language);
  const total = catalogue.programme.lesson.order.length;
  return {
    title: say('home.progress.title'),
    parts: [
      {
        type: 'facts',
        facts: [
          {
            label: say('home.progress.tips'),
            value: say('home.progress.of', { count: mine.seen, total }),
          },
          { label: say('home.progress.checks'), value: String(mine.answered) },
        ],
      },
      { type: 'context', text: say('home.progress.own') },
    ],
  };
};

const settings = (catalogue: Catalogue, mine: Mine): HomeSection => {
  const { language, stopped, pausedUntil } = mine;
  const say = sayIn(catalogue, language);
  const state =
    pausedUntil === null ? say('home.state.on') : say('home.state.paused', { until: pausedUntil });
  const held = stopped || pausedUntil !== null;
  return {
    title: say('home.settings.title'),
    parts: [
      { type: 'paragraph', text: stopped ? say('home.state.stopped') : state },
      timeChoice(catalogue, mine),
      choice(catalogue, language, {
        id: 'frequency',
        pieces: ['1', '3', '5'],
        chosen: String(mine.perWeek),
      }),
      choice(catalogue, language, { id: 'language', pieces: ['id', 'en'], chosen: language }),
      ...(held
        ? []
        : [
            choice(catalogue, language, {
              id: 'pause',
              pieces: offeredPauses.map(String),
              chosen: null,
            }),
          ]),
      {
        type: 'actions',
        actions: noticeButtons(catalogue, language, held ? ['resume'] : ['stop']),
      },
    ],
  };
};

const choice = (
  catalogue: Catalogue,
  language: Language,
  given: {
    readonly id: 'frequency' | 'language' | 'pause';
    readonly pieces: readonly string[];
    readonly chosen: string | null;
  },
): Choice => {
  const say = sayIn(catalogue, language);
  const { id, pieces, chosen } = given;
  return {
    type: 'choice',
    id: actionIds[id],
    label: say(`home.${id}.label`),
    hint: say('home.choose'),
    options: pieces.map((piece) => ({
      value: actionValue(language, piece),
      label: say(`home.${id}.${piece}`),
    })),
    chosen: chosen === null || !pieces.includes(chosen) ? null : actionValue(language, chosen),
  };
};

const timeChoice = (catalogue: Catalogue, { language, minute }: Mine): Choice => {
  const say = sayIn(catalogue, language);
  const own = minute === null || offeredMinutes.includes(minute) ? [] : [minute];
  return {
    type: 'choice',
    id: actionIds.time,
    label: say('home.time.label'),
    hint: say('home.time.usual'),
    options: [...offeredMinutes, ...own]
      .sort((a, b) => a - b)
      .map((each) => ({
        value: actionValue(language, String(each)),
        label: clockTime(each, language),
      })),
    chosen: minute === null ? null : actionValue(language, String(minute)),
  };
};

/** A time of day as people of this language write it. */
export const clockTime = (minute: number, language: Language): string => {
  const pad = (value: number) => String(value).padStart(2, '0');
  return [pad(Math.floor(minute / 60)), pad(minute % 60)].join(language === 'id' ? '.' : ':');
};

/** A day as people of this language write it. */
export const longDate = (date: LocalDate, language: Language): string =>
  new Date(`${date}T00:00:00Z`).toLocaleDateString(locales[language], {
    timeZone: 'UTC',
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  });

const aboutMe = (catalogue: Catalogue, language: Language): HomeSection => {
  const say = sayIn(catalogue, language);
  return {
    title: say('home.privacy.title'),
    parts: [
      { type: 'paragraph', text: say('home.privacy.text') },
      {
        type: 'actions',
        actions: noticeButtons(catalogue, language, ['myData', 'rights', 'help']),
      },
    ],
  };
};
