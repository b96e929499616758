/** Time as an argument: nobody else reads the wall clock. */

/** A calendar date without a zone, `YYYY-MM-DD`. */
export type LocalDate = string;

/** Tells the instant and waits; the local studio's clock waits by moving itself forward. */
export type Clock = {
  readonly now: () => Date;
  readonly sleep: (milliseconds: number) => Promise<void>;
};

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

/** The first whole minute at or after `instant`: jobs run on minute marks, as the production tick does. */
export const ceilMinute = (instant: Date): Date =>
  new Date(Math.ceil(instant.getTime() / minute) * minute);
