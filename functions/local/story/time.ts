/** Moving the clock: jump from one minute with work to the next and run the real jobs there, in order. */
import type { Context } from '../../jobs/context.ts';
import { type Look, look, nextTick, tick } from '../../jobs/tick.ts';
import type { SimulatedClock } from '../clock.ts';

/** Something besides the jobs that happens at instants of its own: the sample's people. */
export type Happening = {
  readonly next: () => Date | null;
  /** Does what is due at the clock's time; true when it may have changed what the jobs have to do. */
  readonly run: (now: Date) => Promise<boolean>;
};

export type TimeHost = {
  readonly context: Context;
  readonly clock: SimulatedClock;
  readonly people: Happening;
};

export type Travel = {
  readonly until: Date;
  /** Called after each minute with work; `fraction` is 0–1. */
  readonly onStep: (step: { readonly now: Date; readonly fraction: number }) => Promise<void>;
  /** True stops the journey after the current minute. */
  readonly cancelled: () => boolean;
};

/**
 * Moves the clock to `until`, running every scheduled job at the minutes a one-minute timer would have run it.
 * Minutes without work are skipped; `test/functions/local/time.test.ts` proves the outcome equal to minute ticks.
 */
export const advance = async (host: TimeHost, travel: Travel): Promise<void> => {
  const { context, clock, people } = host;
  const started = clock.now().getTime();
  const length = Math.max(1, travel.until.getTime() - started);
  let seen = await look(context);
  const ahead = () => earliest(nextTick(seen, clock.now()), people.next());
  for (
    let next = ahead();
    next !== null && next <= travel.until && !travel.cancelled();
    next = ahead()
  ) {
    const jobs = nextTick(seen, clock.now());
    clock.moveTo(next);
    if (await runMinute(host, jobs !== null && jobs <= next ? seen : null))
      seen = await look(context);
    const now = clock.now();
    await travel.onStep({ now, fraction: Math.min(1, (now.getTime() - started) / length) });
  }
  if (!travel.cancelled()) clock.moveTo(travel.until);
};

/**
 * People first, then the jobs, as a timer firing at the end of the minute would find it; `seen` is what the jobs were found
 * to have, null = nothing at this minute. True when the plan may have changed.
 */
const runMinute = async (
  { context, clock, people }: TimeHost,
  seen: Look | null,
): Promise<boolean> => {
  const now = clock.now();
  const human = people.next();
  const acted = human !== null && human <= now;
  const changed = acted ? await people.run(now) : false;
  if (seen === null) return changed;
  await tick(context, acted ? null : seen);
  return true;
};

const earliest = (a: Date | null, b: Date | null): Date | null => {
  if (a === null || b === null) return a ?? b;
  return a <= b ? a : b;
};
