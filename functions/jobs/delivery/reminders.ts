/** What becomes of reminders: those of a batch end or wait together, so that the store tells of none whether it went. */
import type { Transaction } from 'kysely';
import { dayBegins } from '../../../core/calendar/zone.ts';
import type { Claimed } from '../../../core/store/outbox/claims.ts';
import type { Lease } from '../../../core/store/outbox/lanes.ts';
import { type Again, settleReminders } from '../../../core/store/outbox/outbox.ts';
import { markOnce } from '../../../core/store/pulse/ballots.ts';
import type { Tables } from '../../../core/store/schema.ts';
import { blankMark, remindedMark } from '../../../core/survey/ballot/marks.ts';
import type { Context } from '../context.ts';
import { waveSecretName } from '../pulse/wave-secrets.ts';
import { waveOf } from '../words/compose-pulse.ts';

/** The reminders of a batch after one try. */
export type Tried = {
  readonly rows: readonly Claimed[];
  /** Those of them that went, or may have. */
  readonly gone: ReadonlySet<Claimed>;
  /** How the first goes again that was turned back; null where none was. */
  readonly again: Again | null;
};

/** That some wait tells that one of them had not answered: of fewer than so many that would tell too much of each. */
const fewestWaiting = 5;

/** The reminders of a batch, and the marks with which they wait; null where they end. */
export type Decided = Pick<Tried, 'rows' | 'again'> & { readonly marks: readonly string[] | null };

/**
 * Decides, before the transaction that settles the batch, whether its reminders wait: where one was turned back all of
 * them do, and marks that nobody can read without the wave's secret tell the next try which of them have gone. Without the
 * secret they end: what else was sent must not stand in doubt for it.
 */
export const decideTried = async (
  { secrets, log }: Context,
  { rows, gone, again }: Tried,
): Promise<Decided> => {
  if (again === null || rows.length < fewestWaiting) return { rows, again, marks: null };
  try {
    return { rows, again, marks: await marksOf(secrets, rows, gone) };
  } catch (error) {
    log.warn('reminders.ended', { kind: error instanceof Error ? error.name : '' });
    return { rows, again, marks: null };
  }
};

/** Settles a batch's reminders as decided. */
export const settleTried = async (
  { agency, clock }: Context,
  { trx, lease }: { readonly trx: Transaction<Tables>; readonly lease: Lease },
  { rows, again, marks }: Decided,
): Promise<void> => {
  if (rows.length === 0) return;
  const now = clock.now();
  const { zone } = agency;
  await settleReminders(trx, lease, {
    // A finer time would lie beside what a chat or a log tells of a message.
    at: dayBegins(zone, now),
    rows,
    again: marks === null ? null : again,
  });
  if (marks !== null) await markOnce(trx, marks, now);
};

/** One mark a row, so that their number tells nothing either; null without the secret of each wave. */
const marksOf = async (
  secrets: Context['secrets'],
  rows: readonly Claimed[],
  gone: ReadonlySet<Claimed>,
): Promise<readonly string[] | null> => {
  const marks: string[] = [];
  for (const wave of new Set(rows.map(({ item }) => waveOf(item)))) {
    const secret = await secrets.get(waveSecretName(wave, 'secret'));
    if (secret === null) return null;
    for (const row of rows)
      if (waveOf(row.item) === wave)
        marks.push(gone.has(row) ? remindedMark(secret, row) : blankMark('reminded'));
  }
  return marks;
};
