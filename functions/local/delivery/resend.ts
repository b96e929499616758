/** `langkah delivery resend`: shows whom a run did not reach, and with --yes lets it go to them once more. */
import { resendPlaces } from '../../../core/delivery/resend.ts';
import { isStream } from '../../../core/delivery/streams.ts';
import { ConfigError, ConflictError } from '../../../core/errors.ts';
import { loadCalendar } from '../../../core/store/calendars.ts';
import type { Database } from '../../../core/store/database.ts';
import {
  countUnreached,
  listUnreachedRhythms,
  type ResendWish,
  type Resent,
  resend,
  type Unreached,
} from '../../../core/store/runs/resending.ts';
import type { Shell } from '../cli/shell.ts';
import { timeOf, withStore } from '../cli/store.ts';
import { clockTime, people, readDate, readStream } from './runs.ts';

export type ResendOptions = {
  readonly stream: string;
  readonly slot: string;
  readonly include?: string;
  readonly yes: boolean;
  readonly database?: string;
};

/** Shows the counts and, with `yes`, puts those not reached back to waiting. */
export const resendRun = async (shell: Shell, options: ResendOptions): Promise<void> => {
  const run = readWish(options);
  await withStore(shell.env, options.database, async (db) => {
    const now = await timeOf(db, shell);
    const wish = { ...run, now };
    const counts = await countUnreached(db, wish);
    if (counts.some(({ hindrance }) => hindrance === 'wave-closed'))
      throw new ConflictError(
        `--slot: found "${wish.slot}", and that survey is closed: its invitation never goes again`,
      );
    const going = tellCounts(shell, wish, counts);
    if (going === 0) return shell.print('nobody to send it to');
    if (!options.yes) return shell.print('nothing was written; add --yes to send it once more');
    tellResent(shell, await resendNow(db, wish), { going, now });
  });
};

const readWish = ({ stream: text, slot, include }: ResendOptions): ResendWish => {
  if (include !== undefined && include !== 'unconfirmed')
    throw new ConfigError(`--include: found "${include}", allowed unconfirmed`);
  const stream = readStream(
    text,
    (name): name is ResendWish['stream'] => isStream(name) && name !== 'pulse-reminder',
  );
  return { stream, slot: readDate('--slot', slot), unconfirmed: include !== undefined };
};

const hindrances: Readonly<Record<NonNullable<Unreached['hindrance']>, string>> = {
  'wave-closed': 'the survey is closed',
  cancelled: 'a cancellation stands',
  left: 'left',
  stopped: 'wants no messages',
  'no-chat': 'no chat',
  reached: 'reached, or waiting, on another day',
};

/** Prints who gets it and who does not, and returns how many get it. */
const tellCounts = (
  shell: Shell,
  { stream, slot }: ResendWish,
  counts: readonly Unreached[],
): number => {
  const going = counts.filter(({ hindrance }) => hindrance === null);
  const total = going.reduce((sum, { count }) => sum + count, 0);
  shell.print(`${stream} ${slot}: ${people(total)} to send it to once more`);
  for (const row of going) shell.print(`  ${stateOf(row)}: ${row.count}`);
  for (const row of counts)
    if (row.hindrance !== null)
      shell.print(`  not sent, ${hindrances[row.hindrance]}: ${row.count} (${stateOf(row)})`);
  return total;
};

const stateOf = ({ state, reason }: Unreached): string =>
  reason === null ? state : `${state}, ${reason}`;

const resendNow = async (
  db: Database,
  wish: ResendWish & { readonly now: Date },
): Promise<readonly Resent[]> => {
  const calendar = await loadCalendar(db);
  const places = resendPlaces(calendar, await listUnreachedRhythms(db, wish), wish.now);
  return resend(db, { ...wish, places });
};

const tellResent = (
  shell: Shell,
  resent: readonly Resent[],
  { going, now }: { readonly going: number; readonly now: Date },
): void => {
  for (const { state, count, first, last } of resent) {
    const span = `from ${clockTime(first, now)} to ${clockTime(last, now)}`;
    shell.print(`${state}: ${count} wait again, ${span}`);
  }
  const left = going - resent.reduce((sum, { count }) => sum + count, 0);
  if (left > 0)
    shell.print(`${people(left)} stay as they are: no day with room for one more message is near`);
};
