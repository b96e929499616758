/** How the outbox stands: what waits, what is in doubt, and the manifest that adds up to the audience. */
import { sql } from 'kysely';
import type { LocalDate } from '../clock.ts';
import type { Database } from './database.ts';
import type { NudgeState } from './schema.ts';

/** Silence in milliseconds after which an intent without an answer counts as unknown, and unknown as unconfirmed. */
const quietMilliseconds = 120_000;

/** Interrupted intents become unknown, unknowns nobody can look up become unconfirmed: never sent, never failed. */
export const reconcile = async (db: Database, now: Date): Promise<number> => {
  const before = new Date(now.getTime() - quietMilliseconds);
  const unconfirmed = await sql`UPDATE outbox SET state = 'unconfirmed', changed_at = ${now}
    WHERE state = 'unknown' AND changed_at <= ${before}`.execute(db);
  const unknown =
    await sql`UPDATE outbox SET state = 'unknown', reason = 'interrupted', changed_at = ${now}
    WHERE state = 'sending' AND changed_at <= ${before}`.execute(db);
  return Number(unconfirmed.numAffectedRows ?? 0) + Number(unknown.numAffectedRows ?? 0);
};

/** The instant at which `reconcile` next has work, or null. */
export const nextReconcile = async (db: Database): Promise<Date | null> => {
  const row = await db
    .selectFrom('outbox')
    .select((select) => select.fn.min('changed_at').as('at'))
    .where('state', 'in', ['sending', 'unknown'])
    .executeTakeFirst();
  return row?.at ? new Date(row.at.getTime() + quietMilliseconds) : null;
};

/** The instant of the earliest waiting row on an unpaused lane, or null. */
export const nextDue = async (db: Database): Promise<Date | null> => {
  const row = await db
    .selectFrom('outbox')
    .innerJoin('lanes', 'lanes.id', 'outbox.lane_id')
    .select((select) => select.fn.min('outbox.due').as('at'))
    .where('outbox.state', 'in', ['planned', 'retry'])
    .where('lanes.paused_reason', 'is', null)
    .executeTakeFirst();
  return row?.at ?? null;
};

/** How a slot's rows stand: the counts add up to the audience at every instant. */
export const manifest = async (
  db: Database,
  slot: { readonly from: LocalDate; readonly to: LocalDate },
): Promise<
  readonly {
    stream: string;
    slot: LocalDate;
    state: NudgeState;
    reason: string | null;
    count: number;
  }[]
> =>
  db
    .selectFrom('outbox')
    .select(['stream', 'slot', 'state', 'reason'])
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('slot', '>=', slot.from)
    .where('slot', '<=', slot.to)
    .groupBy(['stream', 'slot', 'state', 'reason'])
    .orderBy('slot')
    .orderBy('stream')
    .orderBy('state')
    .execute();
