/** Looking up single nudges, for whoever asks why a message came. */
import { sql } from 'kysely';
import { addDays, localDate } from '../../calendar/zone.ts';
import type { LocalDate } from '../../clock.ts';
import { recallPattern, recallPrefix } from '../../delivery/amendment.ts';
import type { Database } from '../database.ts';

export type SentNudge = {
  readonly ref: string;
  readonly stream: string;
  readonly slot: LocalDate;
  readonly due: Date;
  readonly movedReason: string | null;
  readonly zone: string;
  /** True once the message was replaced because its item is wrong. */
  readonly recalled: boolean;
  /** How many messages came to the person in the seven days up to the one on which this came. */
  readonly inWeek: number;
};

type Row = Omit<SentNudge, 'inWeek'> & {
  /** When it came, and what else did in the days before. */
  readonly at: Date;
  readonly others: readonly Date[];
};

/** The nudges behind delivered messages, by their platform refs. */
export const findSent = async (
  db: Database,
  refs: readonly string[],
): Promise<readonly SentNudge[]> => {
  const { rows } = await sql<Row>`
    SELECT o.ref, o.stream, o.slot, o.due, o.moved_reason AS "movedReason", p.time_zone AS zone,
      EXISTS (SELECT 1 FROM outbox r WHERE r.person_id = o.person_id AND r.state = 'sent'
        AND r.stream = ${recallPrefix} || split_part(o.item, '@', 1)
        AND r.changed_at >= o.changed_at) AS recalled,
      o.changed_at AS at,
      ARRAY(SELECT w.changed_at FROM outbox w WHERE w.person_id = o.person_id AND w.state = 'sent'
        AND w.stream NOT LIKE ${recallPattern} AND w.changed_at <= o.changed_at
        AND w.changed_at > o.changed_at - interval '8 days') AS others
    FROM outbox o JOIN people p ON p.id = o.person_id
    WHERE o.ref = ANY(${refs}::text[]) AND o.stream NOT LIKE ${recallPattern}`.execute(db);
  return rows.map(({ at, others, ...nudge }) => {
    const first = addDays(localDate(nudge.zone, at), -6);
    const inWeek = others.filter((other) => localDate(nudge.zone, other) >= first).length;
    return { ...nudge, inWeek };
  });
};
