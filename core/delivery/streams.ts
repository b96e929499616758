/** The streams of messages that share one attention budget, and the rule of each. */

/** One message of a class per person and local day. */
export type AttentionClass = 'lesson' | 'later' | 'survey' | 'leader' | 'correction';

export type StreamRule = {
  readonly class: AttentionClass;
  /** Lower is sent first: correction 1, pulse 2, leader 3, lesson 4, reminder 5. Nothing goes ahead of a welcome. */
  readonly priority: number;
  /** Whether the person's own time of day applies; the others keep the programme's time. */
  readonly personalTime: boolean;
  /** Whether the person's own number a week applies. */
  readonly personalFrequency: boolean;
  /** Whether one message of an item is enough, on whatever day it arrives. */
  readonly once: boolean;
};

/** Days an open message without an end of its own keeps trying. */
export const openDays = 30;

export const streams = {
  correction: {
    class: 'correction',
    priority: 1,
    personalTime: true,
    personalFrequency: false,
    once: true,
  },
  welcome: {
    class: 'lesson',
    priority: 1,
    personalTime: true,
    personalFrequency: false,
    once: true,
  },
  pulse: {
    class: 'survey',
    priority: 2,
    personalTime: false,
    personalFrequency: false,
    once: false,
  },
  leader: {
    class: 'leader',
    priority: 3,
    personalTime: false,
    personalFrequency: false,
    once: false,
  },
  lesson: {
    class: 'lesson',
    priority: 4,
    personalTime: true,
    personalFrequency: true,
    once: false,
  },
  'lesson-later': {
    class: 'later',
    priority: 4,
    personalTime: false,
    personalFrequency: false,
    once: false,
  },
  'pulse-reminder': {
    class: 'survey',
    priority: 5,
    personalTime: false,
    personalFrequency: false,
    once: true,
  },
} as const satisfies Readonly<Record<string, StreamRule>>;

export type Stream = keyof typeof streams;

/** Whether `name` is one of the streams; rows are read back as text. */
export const isStream = (name: string): name is Stream => Object.hasOwn(streams, name);
