/** People whom no chat reaches, and why. */
import { sql } from 'kysely';
import type { UnmatchedReason } from '../../people/member.ts';
import type { Platform } from '../../ports.ts';
import type { Database } from '../database.ts';

export type Unmatched = {
  readonly name: string;
  readonly unit: string;
  readonly email: string | null;
  readonly why: UnmatchedReason;
  /** With `unreachable`: in which chat, and what the chat said. */
  readonly platform: Platform | null;
  readonly reason: string | null;
};

/**
 * Active people whom no chat reaches, by unit and name. Without an identity: no address on the roster, one that two
 * people share, one that no directory knows, or no directory that shows addresses. With one: what the chat said.
 */
export const listUnmatched = async (db: Database): Promise<readonly Unmatched[]> => {
  const { rows } = await sql<Unmatched>`
    WITH looked AS (SELECT bool_or(emails AND ended_at IS NOT NULL) AS done FROM directory_reads)
    SELECT p.name, u.name AS unit, p.email, i.platform, i.unreachable_reason AS reason,
      CASE WHEN i.person_id IS NOT NULL THEN 'unreachable'
        WHEN p.email IS NULL THEN 'no-email'
        WHEN EXISTS (SELECT FROM people twin WHERE lower(twin.email) = lower(p.email)
          AND twin.status = 'active' AND twin.id <> p.id) THEN 'email-twice'
        WHEN looked.done THEN 'not-found' ELSE 'not-looked' END AS why
    FROM people p JOIN units u ON u.id = p.unit_id CROSS JOIN looked
    LEFT JOIN identities i ON i.person_id = p.id AND i.preferred
    WHERE p.status = 'active' AND (i.person_id IS NULL OR i.unreachable_reason IS NOT NULL)
    ORDER BY u.name, p.name, p.id`.execute(db);
  return rows;
};
