/** Looking up single nudges, for whoever asks why a message came. */
import { sql } from 'kysely';
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
  /** How many messages the person was sent in the seven days up to this one. */
  readonly inWeek: number;
};

/** The nudges behind delivered messages, by their platform refs. */
export const findSent = async (
  db: Database,
  refs: readonly string[],
): Promise<readonly SentNudge[]> => {
  const rows = await sql<SentNudge>`
    SELECT o.ref, o.stream, o.slot, o.due, o.moved_reason AS "movedReason", p.time_zone AS zone,
      EXISTS (SELECT 1 FROM outbox r WHERE r.person_id = o.person_id AND r.state = 'sent'
        AND r.stream = ${recallPrefix} || split_part(o.item, '@', 1)
        AND r.changed_at >= o.changed_at) AS recalled,
      (SELECT count(*)::int FROM outbox w WHERE w.person_id = o.person_id AND w.state = 'sent'
        AND w.stream NOT LIKE ${recallPattern}
        AND w.slot > o.slot - 7 AND w.slot <= o.slot) AS "inWeek"
    FROM outbox o JOIN people p ON p.id = o.person_id
    WHERE o.ref = ANY(${refs}::text[]) AND o.stream NOT LIKE ${recallPattern}`.execute(db);
  return rows.rows;
};
