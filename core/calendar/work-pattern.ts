/** When civil servants work, and within that when a message may arrive (Perpres 21/2023 and common practice). */

/** Minutes after local midnight, the end not included. */
export type Span = { readonly from: number; readonly to: number };

export type WorkPattern = {
  /** ISO weekdays, 1 = Monday. */
  readonly days: readonly number[];
  /** Working time of a plain day. */
  readonly hours: Span;
  /** Working time during Ramadan. */
  readonly ramadan: Span;
};

const at = (hours: number, minutes = 0): number => hours * 60 + minutes;

/** Every working pattern a person can have; the key is what the roster's column says. */
export const workPatterns: Readonly<Record<string, WorkPattern>> = {
  'five-day': {
    days: [1, 2, 3, 4, 5],
    hours: { from: at(7, 30), to: at(16) },
    ramadan: { from: at(8), to: at(15) },
  },
  // Service units: the same 37 h 30 a week spread over six shorter days.
  'six-day': {
    days: [1, 2, 3, 4, 5, 6],
    hours: { from: at(7, 30), to: at(14, 30) },
    ramadan: { from: at(8), to: at(14) },
  },
};

/** What every pattern keeps besides its hours. */
export const customs = {
  friday: 5,
  fridayRest: { from: at(11, 30), to: at(13) },
  monday: 1,
  /** The Monday assembly ends. */
  mondayFrom: at(8, 15),
  /** Nothing is sent from here on, so that a message never becomes evening work. */
  lastSend: at(15, 30),
  /** The usual slot is not before this during Ramadan. */
  ramadanSlot: at(9),
  /** So many days off in a row, a holiday among them, make a long leave; its eve is kept free. */
  longLeaveDays: 5,
} as const;

/** From this minute on nothing is sent to anybody on any day. */
export const endOfSending = Math.min(
  customs.lastSend,
  Math.max(...Object.values(workPatterns).map(({ hours }) => hours.to)),
);

/** Minutes after midnight of `HH:MM`. */
export const minuteOf = (time: string): number => {
  const [hours = 0, minute = 0] = time.split(':').map(Number);
  return hours * 60 + minute;
};

/** The pattern of that name; the roster import lets no other name in, so an unknown one is a bug. */
export const patternNamed = (name: string): WorkPattern => {
  const pattern = workPatterns[name];
  if (pattern === undefined) throw new Error(`no work pattern "${name}"`);
  return pattern;
};
