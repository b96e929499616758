/** What a sent or refused message leaves behind outside the outbox. */
import { sql } from 'kysely';
import { catalogueItem } from '../delivery/amendment.ts';
import type { Address } from '../ports.ts';
import type { Database } from './database.ts';
import type { Settlement } from './outbox.ts';

/** What the sent rows leave behind: what was seen, where the conversation is, who was welcomed. */
export const recordSent = async (
  db: Database,
  rows: readonly (Settlement & { readonly item: string; readonly address: Address })[],
  at: {
    readonly now: Date;
    /** On which sources an item of the catalogue stands; '' for one that cites none. */
    readonly version: (item: string) => string;
  },
): Promise<void> => {
  if (rows.length === 0) return;
  const items = rows.map((row) => catalogueItem(row.item));
  await sql`INSERT INTO seen (person_id, item, version, at)
    SELECT person_id, item, version, ${at.now}
    FROM unnest(${rows.map((row) => row.personId)}::int[], ${items}::text[],
      ${items.map(at.version)}::text[]) AS n (person_id, item, version)
    ON CONFLICT DO NOTHING`.execute(db);
  const moved = rows.filter((row) => row.conversation !== row.address.conversation);
  if (moved.length > 0)
    await sql`UPDATE identities i SET conversation = n.conversation
      FROM unnest(${moved.map((row) => row.address.platform)}::text[],
        ${moved.map((row) => row.address.workspaceId)}::text[],
        ${moved.map((row) => row.address.userId)}::text[],
        ${moved.map((row) => row.conversation)}::text[]) AS n (platform, workspace_id, user_id, conversation)
      WHERE i.platform = n.platform AND i.workspace_id = n.workspace_id AND i.user_id = n.user_id`.execute(
      db,
    );
  const welcomed = rows.filter((row) => row.stream === 'welcome').map((row) => row.personId);
  if (welcomed.length > 0)
    await sql`INSERT INTO preferences (person_id, welcomed_at)
      SELECT person_id, ${at.now} FROM unnest(${welcomed}::int[]) AS n (person_id)
      ON CONFLICT (person_id) DO UPDATE SET welcomed_at = ${at.now}`.execute(db);
};

/** Marks identities whose chat refused for good, so that the next plan says so at once. */
export const recordUnreachable = async (
  db: Database,
  rows: readonly { readonly personId: number; readonly reason: string }[],
): Promise<void> => {
  if (rows.length === 0) return;
  await sql`UPDATE identities i SET unreachable_reason = n.reason
    FROM unnest(${rows.map((row) => row.personId)}::int[], ${rows.map((row) => row.reason)}::text[])
      AS n (person_id, reason)
    WHERE i.person_id = n.person_id AND i.preferred`.execute(db);
};
