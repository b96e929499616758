/** Sends nothing, and takes every due row through the states of a sent one, with the store's own statements. */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Database } from '../../core/store/database.ts';
import { claimDue, commitIntents } from '../../core/store/outbox/claims.ts';
import { type Lease, leaseLane, releaseLane } from '../../core/store/outbox/lanes.ts';
import { settle } from '../../core/store/outbox/outbox.ts';
import { sendingTime } from '../lesson-day.ts';

/** Part of the rows after which the database cleans up: a twentieth dead (partitions.ts), and a row dies twice. */
const cleaning = 0.025;

/** Rows of a batch on a lane at a chat platform's pace (claim.ts). */
const batch = 8;

/** Settles all `rows` due rows of the first lane as sent. */
export const settleAll = async (db: Database, rows: number): Promise<void> => {
  const lane = await db.selectFrom('lanes').select('id').executeTakeFirstOrThrow();
  const lease = await leaseLane(db, lane.id, { holder: 'bench', now: sendingTime });
  if (lease === null) throw new Error('the lane is taken');
  for (let settled = 0, clean = 0; settled < rows; ) {
    const step = await settleStep(db, lease, batch);
    if (step === 0) throw new Error(`${settled} of ${rows} rows were due`);
    settled += step;
    if (settled - clean < rows * cleaning) continue;
    await sql`VACUUM outbox`.execute(db);
    clean = settled;
  }
  await releaseLane(db, lease);
};

const settleStep = async (db: Database, lease: Lease, most: number): Promise<number> => {
  const now = sendingTime;
  const rows = await db.transaction().execute(async (trx) => {
    const claimed = await claimDue(trx, lease, { now, most });
    const intents = claimed.map((row) => ({ ...row, key: randomUUID() }));
    await commitIntents(trx, lease, { now, rows: intents, nextArrival: now });
    return intents;
  });
  const sent = rows.map((row, at) => ({
    ...row,
    state: 'sent' as const,
    reason: null,
    due: null,
    ref: `1793000000.${String(at).padStart(6, '0')}`,
    conversation: row.address.conversation,
  }));
  await settle(db, lease, { now, rows: sent });
  return rows.length;
};
