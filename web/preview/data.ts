/** What the preview page reads; functions implements it over the content files as last read. */
import type { ChatMessage } from '../../core/conversation/message.ts';
import type { Fault } from '../../core/errors.ts';
import type { Language, Text } from '../../core/language.ts';
import type { Platform } from '../../core/ports.ts';

/** How many rules of its platform a payload keeps, and which it breaks, in words. */
export type RuleReport = { readonly passed: number; readonly failed: readonly string[] };

/** The kinds of message with a place of their own in the code; every other kind is a notice of `content/messages`. */
export const ownKinds = [
  'lesson',
  'lesson-trying',
  'lesson-right',
  'lesson-not-quite',
  'correction',
  'pulse-invitation',
  'pulse-form',
  'pulse-reminder',
  'pulse-received',
  'leader-summary',
  'leader-correction',
  'welcome',
] as const;
export type OwnKind = (typeof ownKinds)[number];

/** Groups of kinds, in the order in which an author looks for them. */
export const kindGroups = ['lesson', 'pulse', 'leader', 'welcome', 'notice'] as const;

/** One kind of message that the product sends. */
export type Kind = {
  /** One of `ownKinds`, or a notice's key such as `answer.help`. */
  readonly id: string;
  readonly group: (typeof kindGroups)[number];
  /** Title of a notice; the page has words of its own for the others. */
  readonly title: Text | null;
  /** What can be chosen for it. */
  readonly of: ItemKind | null;
  readonly platforms: readonly Platform[];
};

export type ItemKind = 'lesson' | 'prompt';

/** A lesson or a prompt, by which a message differs from others of its kind. */
export type Item = { readonly id: string; readonly kind: ItemKind; readonly title: Text };

/** States of the leader's figures that change the message. */
export const figureStates = ['own', 'above', 'none'] as const;

/** How the platforms show a message: in the chat, as the form behind its button, or in that form's place. */
export type Surface = 'chat' | 'form' | 'form-answer';

/** A message of a kind in one language, or why it cannot be made. */
export type Sample = {
  readonly language: Language;
  /** Which of several of the kind: an option of a case, a state of the figures; null where there is one. */
  readonly variant: string | null;
  readonly made:
    | { readonly message: ChatMessage; readonly surface: Surface; readonly close: string }
    | { readonly fault: string };
};

/** What a reader has chosen to see. */
export type Wish = { readonly kind: Kind; readonly lesson: string; readonly prompt: string };

/** The content as last read without a fault. */
export type Contents = {
  /** Faults of the files as they now stand; while there are any, what is shown is older than the files. */
  readonly faults: readonly Fault[];
  readonly kinds: readonly Kind[];
  readonly items: readonly Item[];
  /** Made by the modules that make the real messages. */
  readonly samples: (wish: Wish) => readonly Sample[];
  /** Those of `faults` that lie in the files a message is made of. */
  readonly faultsOf: (wish: Wish) => readonly Fault[];
};

/** What became of one item outside the files. */
export type ItemState = {
  readonly id: string;
  readonly kind: ItemKind;
  readonly title: Text;
  /** Messages that carried it, so far. */
  readonly sent: number;
  readonly recalled: boolean;
  /** Cited sections that changed since the item was approved, or that nobody approved, in the files as they are. */
  readonly atRisk: readonly string[];
  /** Whether the running Langkah, which keeps the content of its start, holds the item back for its sources. */
  readonly heldBack: boolean;
};

export type PreviewData = {
  readonly viewer: () => Promise<Text>;
  readonly contents: () => Promise<Contents>;
  readonly itemStates: () => Promise<readonly ItemState[]>;
  /** The same check as in the studio's inspector. */
  readonly rules: (platform: Platform, payload: unknown) => RuleReport;
  /** False where the folder cannot be watched; the page then shows the files of the start. */
  readonly following: boolean;
  /** Calls back whenever the files have been read anew; returns the way to stop. */
  readonly subscribe: (listener: () => void) => () => void;
};
