/** Our own words for what is said in chat; each platform's view turns one ChatMessage into its payload. */
import type { Language } from '../language.ts';

/** What a message is for; the preview page shows one of each. */
export const messageKinds = [
  'lesson',
  'lesson-answered',
  'correction',
  'pulse-invitation',
  'pulse-reminder',
  'pulse-received',
  'leader-summary',
  'welcome',
  'notice',
] as const;
export type MessageKind = (typeof messageKinds)[number];

/** Ids of everything a person can press; constants, so that parsers and views cannot drift apart. */
export const actionIds = {
  answerQuiz: 'quiz.answer',
  tryToday: 'lesson.try',
  later: 'lesson.later',
  openPulse: 'pulse.open',
  submitPulse: 'pulse.submit',
  skipPulse: 'pulse.skip',
  newLink: 'pulse.link',
  frequency: 'settings.frequency',
  time: 'settings.time',
  language: 'settings.language',
  pause: 'settings.pause',
  resume: 'settings.resume',
  stop: 'settings.stop',
  myData: 'settings.my-data',
  rights: 'settings.rights',
  help: 'help',
  commit: 'leader.commit',
  done: 'leader.done',
} as const;
export type ActionId = (typeof actionIds)[keyof typeof actionIds];

/** One choice of a question; `value` is a short id (≤ 150 code points). */
export type Option = { readonly value: string; readonly label: string };

/** A button; `value` is a short string the platform hands back unchanged (≤ 1,500 code points). */
export type Action = {
  readonly id: ActionId;
  readonly label: string;
  readonly value: string;
  readonly style?: 'primary' | 'danger';
};

/** One line of a chart; null is a hidden or missing point and leaves a gap. */
export type Series = { readonly name: string; readonly values: readonly (number | null)[] };

/** A piece of a message, top to bottom. All texts are plain: the view escapes them for its platform. */
export type Part =
  | { readonly type: 'paragraph'; readonly text: string; readonly strong?: boolean }
  | { readonly type: 'facts'; readonly facts: readonly { label: string; value: string }[] }
  | { readonly type: 'context'; readonly text: string }
  | { readonly type: 'actions'; readonly actions: readonly Action[] }
  /** A button that opens a page in the browser; nobody but the browser is told of it. */
  | { readonly type: 'link'; readonly label: string; readonly url: string }
  | {
      readonly type: 'chart';
      readonly title: string;
      readonly categories: readonly string[];
      readonly series: readonly Series[];
      /** The same numbers in words, shown where a chart cannot be. */
      readonly alternative: string;
    };

/** A form of single-choice questions and at most one comment; shown as a modal or inside the card. */
export type Form = {
  /** Signed ticket naming wave, form and public key (core/survey/ticket). */
  readonly ticket: string;
  readonly title: string;
  readonly intro: string;
  readonly questions: readonly {
    readonly id: string;
    readonly label: string;
    readonly options: readonly Option[];
  }[];
  readonly comment: { readonly id: string; readonly label: string; readonly hint: string } | null;
  readonly submit: Action;
  readonly cancel: string;
  /** What the platform's own words need in the reader's language. */
  readonly errorMessage: string;
};

/** One message to one person. `text` is complete without the rest: toast, screen reader, plain client. */
export type ChatMessage = {
  readonly kind: MessageKind;
  readonly language: Language;
  readonly title: string;
  /** 20–300 code points, no markup. */
  readonly text: string;
  readonly parts: readonly Part[];
  /** Present on a pulse: platforms with modals open it on `openPulse`, others show it in the message. */
  readonly form?: Form;
};

/** The comment input's id in every form. */
export const commentId = 'comment';
