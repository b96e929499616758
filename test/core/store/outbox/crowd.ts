/** A small crowd on two lanes with the real store, and a sender whose POSTs a test ends as it likes. */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { workCalendar } from '../../../../core/calendar/work-calendar.ts';
import type { LocalDate } from '../../../../core/clock.ts';
import { type CrowdRhythm, planTimes } from '../../../../core/delivery/planner.ts';
import { recheck, type Verdict } from '../../../../core/delivery/recheck.ts';
import { type Stream, streams } from '../../../../core/delivery/streams.ts';
import type { Database } from '../../../../core/store/database.ts';
import { type Claimed, claimDue, commitIntents } from '../../../../core/store/outbox/claims.ts';
import { listRhythms } from '../../../../core/store/outbox/crowd.ts';
import { type Lease, leaseLane, releaseLane } from '../../../../core/store/outbox/lanes.ts';
import { moveNudges, type Settlement, settle } from '../../../../core/store/outbox/outbox.ts';
import { ensurePartitions } from '../../../../core/store/outbox/partitions.ts';
import { planSlot } from '../../../../core/store/outbox/planning.ts';
import { loadCancelled } from '../../../../core/store/runs/campaign.ts';
import { cloneDatabase } from '../../../support/run/database.ts';

/** Every weekday is a working day: no year has a file. */
export const calendar = workCalendar([]);

const zones = ['Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura'];

/** The people's ids, 1 to `count`; the third of three works six days, every fourth keeps the morning quiet. */
export const openCrowd = async (count: number): Promise<{ db: Database; url: string }> => {
  const { db, url } = await cloneDatabase();
  await ensurePartitions(db, ['2026-10-01', '2026-11-01']);
  await sql`INSERT INTO units (id, code, name, level_label, valid_from)
    VALUES (1, 'KC', 'Kementerian Contoh', 'Kementerian', '2026-01-01')`.execute(db);
  await sql`INSERT INTO lanes (id, platform, workspace_id, rate, burst)
    VALUES (1, 'slack', 'T0', 8, 20), (2, 'teams', 'tenant', 40, 50)`.execute(db);
  for (let id = 1; id <= count; id += 1) {
    await sql`INSERT INTO people (id, employee_key, name, unit_id, roles, time_zone, work_pattern)
      VALUES (${id}, ${`kunci-${id}`}, ${`Pegawai ${id}`}, 1, '{staff,leader}',
        ${zones[id % 3] ?? 'Asia/Jakarta'}, ${id % 3 === 0 ? 'six-day' : 'five-day'})`.execute(db);
    await sql`INSERT INTO identities (platform, workspace_id, user_id, person_id, lane_id)
      SELECT platform, workspace_id, ${`U${id}`}, ${id}, id FROM lanes
      WHERE id = ${(id % 2) + 1}`.execute(db);
    await sql`INSERT INTO preferences (person_id, welcomed_at, quiet_from, quiet_to)
      VALUES (${id}, '2026-10-01', ${id % 4 === 0 ? 420 : null}, ${id % 4 === 0 ? 600 : null})`.execute(
      db,
    );
  }
  return { db, url };
};

/** Everything as it was before the first plan. */
export const clearCrowd = async (db: Database): Promise<void> => {
  await sql`TRUNCATE outbox, attention, cancellations, seen`.execute(db);
  await sql`UPDATE people SET status = 'active', leave_from = NULL, leave_to = NULL`.execute(db);
  await sql`UPDATE identities SET unreachable_reason = NULL`.execute(db);
  await sql`UPDATE preferences SET stopped_at = NULL, paused_until = NULL`.execute(db);
  await sql`UPDATE lanes SET holder = NULL, leased_until = NULL`.execute(db);
};

export type CrowdRun = { readonly stream: 'lesson' | 'leader'; readonly slot: LocalDate };

/** Plans a run for everybody at half past eight of their own time. */
export const planRun = async (db: Database, run: CrowdRun, now: Date): Promise<number> => {
  const rhythms = await listRhythms(db, run.stream);
  return planSlot(db, {
    ...run,
    item: `${run.stream}-${run.slot}`,
    audience: { kind: run.stream === 'lesson' ? 'welcomed' : 'leaders' },
    times: planTimes(calendar, rhythms, { date: run.slot, minute: 510, now }),
    openUntil: null,
    only: null,
    now,
  });
};

/** Whom a run is for at this moment: active people whose rhythm gives it a time. */
export const audienceOf = async (
  db: Database,
  run: CrowdRun,
  now: Date,
): Promise<readonly number[]> => {
  const { rows } = await sql<CrowdRhythm & { id: number }>`
    SELECT p.id, p.time_zone AS zone, p.work_pattern AS pattern, f.quiet_from AS "quietFrom",
      f.quiet_to AS "quietTo", NULL::int AS minute,
      CASE WHEN ${run.stream === 'lesson'} THEN f.per_week END AS "perWeek"
    FROM people p JOIN preferences f ON f.person_id = p.id WHERE p.status = 'active'`.execute(db);
  const slot = { date: run.slot, minute: 510, now };
  return rows.filter((row) => planTimes(calendar, [row], slot).length > 0).map(({ id }) => id);
};

/** Intents of one lane whose POSTs are on their way. */
export type Batch = { readonly lease: Lease; readonly rows: readonly Claimed[] };

/** What the sender does before the bytes leave: lock, look once more, commit. Null when nothing goes. */
export const claim = async (
  db: Database,
  lane: number,
  { now, most }: { readonly now: Date; readonly most: number },
): Promise<Batch | null> => {
  const lease = await leaseLane(db, lane, { holder: `sender-${lane}`, now });
  if (lease === null) return null;
  const rows = await db.transaction().execute(async (trx) => {
    const claimed = await claimDue(trx, lease, { now, most });
    const cancelled = await loadCancelled(trx);
    const looked = claimed.map((row) => {
      const stopped: Verdict = { act: 'skip', reason: 'cancelled' };
      const own = recheck(calendar, row.person, { expires: row.expires, now });
      return { row, verdict: cancelled(row) ? stopped : own };
    });
    const going = looked.filter(({ verdict }) => verdict.act === 'send').map(({ row }) => row);
    await commitIntents(trx, lease, {
      now,
      rows: going.map((row) => ({ ...row, key: row.key ?? randomUUID() })),
      nextArrival: now,
    });
    await settle(trx, lease, { now, rows: looked.flatMap(ended) });
    for (const { row, verdict } of looked)
      if (verdict.act === 'move')
        await moveNudges(trx, {
          now,
          class: streams[row.stream as Stream].class,
          rows: [{ ...row, ...verdict }],
        });
    return going;
  });
  await releaseLane(db, lease);
  return rows.length === 0 ? null : { lease, rows };
};

type Looked = { readonly row: Claimed; readonly verdict: Verdict };

const ended = ({ row, verdict }: Looked): readonly Settlement[] => {
  const states = { skip: 'skipped', unreachable: 'unreachable', expire: 'expired' } as const;
  if (verdict.act === 'send' || verdict.act === 'move') return [];
  return [settlementOf(row, { state: states[verdict.act], reason: verdict.reason })];
};

/** What a claimed row becomes. */
export const settlementOf = (
  { personId, stream, slot }: Claimed,
  end: Pick<Settlement, 'state' | 'reason'> & { readonly due?: Date },
): Settlement => ({ personId, stream, slot, due: null, ref: null, conversation: null, ...end });

/** The name of a message: a person, a stream and a slot. */
export const nameOf = ({ personId, stream, slot }: Pick<Claimed, 'personId' | 'stream' | 'slot'>) =>
  `${personId} ${stream} ${slot}`;
