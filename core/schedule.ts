/** The one table of scheduled jobs; the local clock, AWS and Azure all read it. */

/** How often the platform's timer calls `tick`. */
export const tickMinutes = 1;

/** Jobs in the order a tick runs them. `due` jobs name their next instant themselves. */
export const jobs = [
  // First: nothing is sent with a token that has ended.
  { name: 'tokens', when: 'due' },
  { name: 'waves', when: 'due' },
  { name: 'plan', when: { everyMinutes: 720 } },
  { name: 'participation', when: { everyMinutes: 1440 } },
  { name: 'learning', when: { everyMinutes: 1440 } },
  { name: 'send', when: 'due' },
  // Last: looking up what is in doubt, and reading directories, takes nobody's place.
  { name: 'reconcile', when: 'due' },
  { name: 'directory', when: 'due' },
] as const satisfies readonly ScheduledJob[];

export type ScheduledJob = {
  readonly name: string;
  readonly when: 'due' | { readonly everyMinutes: number };
};

export type JobName = (typeof jobs)[number]['name'];

const minute = 60_000;

/** The first instant of the job's fixed grid (minutes since 1970, UTC) after `last`; at once when it never ran. */
export const nextRun = (everyMinutes: number, last: Date | null, now: Date): Date => {
  if (last === null) return now;
  const grid = everyMinutes * minute;
  return new Date((Math.floor(last.getTime() / grid) + 1) * grid);
};
