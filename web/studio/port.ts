/** What the local studio's page asks of the host; functions/local implements it. Every payload is the platform's own. */
import type { LocalDate } from '../../core/clock.ts';
import type { Text } from '../../core/language.ts';
import type { Platform } from '../../core/ports.ts';

export type Persona = {
  readonly id: string;
  readonly label: Text;
  readonly role: 'staff' | 'hr' | 'leader' | 'operator';
};

export type StudioMessage = {
  readonly platform: Platform;
  readonly ref: string;
  /** ISO instant. */
  readonly sentAt: string;
  /** Slack: `{ text, blocks }`; Teams: an activity `{ summary, attachments }`. */
  readonly payload: unknown;
  /** Why it was sent or changed, one sentence each, in the page's language. */
  readonly why: readonly string[];
  readonly rules: { readonly passed: number; readonly failed: readonly string[] };
};

/** One line of the timeline: what became of a stream's messages on a date, e.g. "terkirim 214 · dilewati 9 (cuti 3, jeda 2)". */
export type TimelineEntry = { readonly date: LocalDate; readonly text: string };

export type StudioState = {
  /** ISO instant of the simulated clock and the same in words, e.g. "Sen 7 Des 2026 08.30 WIB". */
  readonly now: string;
  readonly nowLabel: string;
  /** The clock is moving: what it is doing and how far (0–1). */
  readonly running: { readonly label: string; readonly fraction: number } | null;
  readonly personas: readonly Persona[];
  readonly persona: string;
  /** Newest last, at most 30 a platform. */
  readonly messages: readonly StudioMessage[];
  /** The persona's Slack Home as published last; null before it was opened, and without Slack. */
  readonly home: unknown;
  readonly timeline: readonly TimelineEntry[];
  readonly faults: readonly { readonly id: string; readonly label: Text; readonly on: boolean }[];
};

export const clockSteps = ['hour', 'day', 'workday', 'four-weeks'] as const;
export type ClockStep = (typeof clockSteps)[number];

/** What came back from a press: a modal to show (Slack view), a fresh card (Teams), an error to tell, or nothing. */
export type PressResult = {
  readonly view?: unknown;
  readonly viewId?: string;
  /** Field errors of a refused form, by block id. */
  readonly errors?: Readonly<Record<string, string>>;
  readonly error?: string;
};

export type StudioPort = {
  readonly state: (query: { persona: string; language: 'id' | 'en' }) => Promise<StudioState>;
  /** `action` is the pressed element of the payload (Slack element or Adaptive Card action), `inputs` the card's values. */
  readonly press: (input: {
    persona: string;
    platform: Platform;
    ref: string;
    action: unknown;
    inputs: Readonly<Record<string, string>>;
  }) => Promise<PressResult>;
  /** Submits an open Slack modal; `values` is Slack's `view.state.values`. */
  readonly submit: (input: {
    persona: string;
    viewId: string;
    values: unknown;
  }) => Promise<PressResult>;
  readonly type: (input: {
    persona: string;
    platform: Platform;
    text: string;
  }) => Promise<PressResult>;
  /** Opens the persona's Slack Home, which is drawn anew for it. */
  readonly openHome: (input: { persona: string }) => Promise<PressResult>;
  /** Presses a button of the Home, or chooses an option of a select in it; `action` is its id in the view. */
  readonly actHome: (input: {
    persona: string;
    action: string;
    value: string;
  }) => Promise<PressResult>;
  /** Starts moving the clock; progress arrives through `subscribe`. */
  readonly advance: (step: ClockStep) => Promise<void>;
  readonly cancel: () => Promise<void>;
  readonly setFault: (id: string, on: boolean) => Promise<void>;
  /** Calls back whenever the state has changed; returns the way to stop. */
  readonly subscribe: (listener: () => void) => () => void;
};
