/** What a person can do in a local chat, the same for every platform: each act is a real signed request to the door. */
import type { ActionId } from '../../../core/conversation/message.ts';
import type { Platform } from '../../../core/ports.ts';
import type { LocalMessage } from '../../../core/store/local-messages.ts';
import type { PressResult } from '../../../web/studio/port.ts';

/** A button found in a stored payload; `element` is the platform's own piece of JSON. */
export type Button = {
  readonly action: ActionId;
  readonly value: string;
  readonly element: unknown;
};

/** Answers of one form by item id ("1"–"5" or "na"). */
export type FormAnswers = Readonly<Record<string, string>>;

export type Actor = {
  readonly platform: Platform;
  /** Every button of a payload, top to bottom. */
  readonly buttons: (payload: unknown) => readonly Button[];
  readonly press: (press: {
    readonly userId: string;
    readonly ref: string;
    readonly element: unknown;
    readonly inputs: Readonly<Record<string, string>>;
  }) => Promise<PressResult>;
  /** Submits an open modal; platforms without modals have none open. */
  readonly submit: (form: {
    readonly userId: string;
    readonly viewId: string;
    readonly values: unknown;
  }) => Promise<PressResult>;
  /** Fills in and sends the pulse behind or inside a message, the way this platform does it. */
  readonly answerPulse: (pulse: {
    readonly userId: string;
    readonly message: LocalMessage;
    readonly answers: FormAnswers;
    readonly comment: string | null;
  }) => Promise<PressResult>;
  readonly type: (typed: {
    readonly userId: string;
    readonly text: string;
  }) => Promise<PressResult>;
  /** The person's Home; absent on platforms without one. */
  readonly home?: {
    readonly open: (userId: string) => Promise<PressResult>;
    /** Presses a button or chooses an option, both by their value. */
    readonly act: (act: {
      readonly userId: string;
      /** The id of the button or select, as it stands in the view. */
      readonly action: string;
      readonly value: string;
    }) => Promise<PressResult>;
    /** What it shows now, in the platform's own words; null before it was opened. */
    readonly shown: (userId: string) => unknown;
  };
  /** The message as it stands now, or null. */
  readonly message: (ref: string) => LocalMessage | null;
};
