/** What the jobs reckon their next instants from, read in one statement: a look costs one round trip, whoever asks. */
import { sql } from 'kysely';
import type { Database } from './database.ts';
import { quiet } from './outbox/reconcile.ts';

export type Outlook = {
  /** The last run of every job that ever ran, by name. */
  readonly ran: ReadonlyMap<string, Date>;
  /** The earliest waiting row; null = none. On a paused lane, too, it may have another to follow, or its window ends. */
  readonly due: Date | null;
  /** When something in doubt can next be looked into or ended; null = nothing is. */
  readonly doubt: Date | null;
};

/** How things stand now. */
export const readOutlook = async (db: Database): Promise<Outlook> => {
  const { rows } = await sql<{
    ran: readonly { readonly name: string; readonly at: string }[] | null;
    due: Date | null;
    doubt: Date | null;
  }>`
    SELECT (SELECT json_agg(json_build_object('name', name, 'at', ran_at)) FROM job_runs) AS ran,
      (SELECT min(due) FROM outbox
        WHERE state IN ('planned', 'retry') AND lane_id IS NOT NULL) AS due,
      (SELECT min(at) FROM (
        SELECT greatest(o.changed_at + ${quiet},
          CASE WHEN l.fence = o.fence THEN l.leased_until END) AS at
        FROM outbox o JOIN lanes l ON l.id = o.lane_id WHERE o.state = 'sending'
        UNION ALL
        SELECT greatest(changed_at, asked_at) + ${quiet} FROM outbox WHERE state = 'unknown'
      ) AS n) AS doubt`.execute(db);
  const { ran = null, due = null, doubt = null } = rows[0] ?? {};
  return { ran: new Map((ran ?? []).map(({ name, at }) => [name, new Date(at)])), due, doubt };
};
