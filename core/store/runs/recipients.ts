/** A run person by person, and what waits on its lanes. */
import { sql } from 'kysely';
import type { LocalDate } from '../../clock.ts';
import type { Waiting } from '../../delivery/finish.ts';
import type { ManifestRow } from '../../delivery/manifest.ts';
import type { Pace } from '../../delivery/pacing.ts';
import type { Platform } from '../../ports.ts';
import type { Database } from '../database.ts';

type Span = { readonly from: LocalDate; readonly to: LocalDate };

/** One person's message; name and unit as the roster holds them. */
export type Recipient = Pick<ManifestRow, 'stream' | 'slot' | 'state' | 'reason'> & {
  readonly personId: number;
  readonly item: string;
  readonly name: string;
  readonly unitCode: string;
  readonly unit: string;
  readonly chat: Platform | null;
  readonly due: Date;
  /** Null while it stands as it was planned. */
  readonly changedAt: Date | null;
};

/** The next `most` rows of a stream after `after`, by person; survey streams have none: docs/privacy.md. */
export const listRecipients = async (
  db: Database,
  wish: Span & { readonly stream: string; readonly most: number; readonly after: Recipient | null },
): Promise<readonly Recipient[]> => {
  const { stream, from, to, most, after } = wish;
  const { rows } = await sql<Recipient>`
    SELECT o.person_id AS "personId", o.stream, o.slot, o.item, o.state, o.reason, o.due,
      o.changed_at AS "changedAt", coalesce(p.name, '') AS name, coalesce(u.code, '') AS "unitCode",
      coalesce(u.name, '') AS unit, l.platform AS chat
    FROM outbox o LEFT JOIN people p ON p.id = o.person_id LEFT JOIN units u ON u.id = p.unit_id
    LEFT JOIN lanes l ON l.id = o.lane_id
    WHERE o.stream = ${stream} AND o.stream NOT IN ('pulse', 'pulse-reminder')
      AND o.slot BETWEEN ${from}::date AND ${to}::date
      AND (o.person_id, o.slot) > (${after?.personId ?? 0}, ${after?.slot ?? from}::date)
    ORDER BY o.person_id, o.slot LIMIT ${most}`.execute(db);
  return rows;
};

/** A lane with its pace and its queue. */
export type Backlog = Pace & {
  readonly platform: Platform;
  readonly workspaceId: string;
  readonly nextArrival: Date | null;
  readonly pausedReason: string | null;
  readonly waiting: readonly Waiting[];
};

type BacklogRow = Omit<Backlog, 'waiting'> & Waiting & { readonly lane: number };

/** The queues of the lanes on which something of these slots waits, by minute; others' rows take their place in them. */
export const listBacklogs = async (
  db: Database,
  wish: Span & { readonly stream: string | null },
): Promise<readonly Backlog[]> => {
  const asked = sql`(o.slot BETWEEN ${wish.from}::date AND ${wish.to}::date
    AND (${wish.stream}::text IS NULL OR o.stream = ${wish.stream}))`;
  const { rows } = await sql<BacklogRow>`
    SELECT o.lane_id AS lane, l.platform, l.workspace_id AS "workspaceId", l.rate, l.burst,
      l.next_arrival AS "nextArrival", l.paused_reason AS "pausedReason",
      date_bin('1 minute', o.due, 'epoch'::timestamptz) AS due, o.expires, o.priority,
      count(*)::int AS count, count(*) FILTER (WHERE ${asked})::int AS asked
    FROM outbox o JOIN lanes l ON l.id = o.lane_id
    WHERE o.state IN ('planned', 'retry', 'sending')
    GROUP BY o.lane_id, l.id, date_bin('1 minute', o.due, 'epoch'::timestamptz), o.expires, o.priority
    ORDER BY o.lane_id`.execute(db);
  const lanes = new Map<number, BacklogRow[]>();
  for (const row of rows) lanes.set(row.lane, [...(lanes.get(row.lane) ?? []), row]);
  return [...lanes.values()].flatMap((waiting) => {
    const [first] = waiting;
    if (first === undefined || waiting.every((row) => row.asked === 0)) return [];
    const { platform, workspaceId, rate, burst, nextArrival, pausedReason } = first;
    return [{ platform, workspaceId, rate, burst, nextArrival, pausedReason, waiting }];
  });
};
