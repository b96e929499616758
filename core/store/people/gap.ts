/** People whom a chat cannot reach for want of the app. */
import { sql } from 'kysely';
import type { Address, Platform } from '../../ports.ts';
import type { Database } from '../database.ts';

/** Reasons that go away when the app is installed for the person. */
const missingApp = ['not-installed', 'install-refused', 'unlicensed', 'no-account'] as const;

/** Active people in reach of an installation: marked for want of the app, or never spoken to. */
export const listWithoutApp = async (
  db: Database,
  platform: Platform,
): Promise<readonly Address[]> => {
  const { rows } = await sql<Address>`
    SELECT i.platform, i.workspace_id AS "workspaceId", i.user_id AS "userId", i.conversation,
      i.service_url AS "serviceUrl"
    FROM identities i JOIN people p ON p.id = i.person_id AND p.status = 'active'
    LEFT JOIN preferences f ON f.person_id = p.id
    WHERE i.platform = ${platform} AND i.preferred AND f.stopped_at IS NULL
      AND (i.unreachable_reason = ANY(${[...missingApp]}::text[])
        OR (i.unreachable_reason IS NULL AND i.conversation IS NULL))
    ORDER BY i.workspace_id, i.user_id`.execute(db);
  return rows;
};

/** Notes what an installation came to: null = the app is there, else why it is not. */
export const noteApp = async (
  db: Database,
  { platform, workspaceId, userId }: Address,
  reason: string | null,
): Promise<void> => {
  await db
    .updateTable('identities')
    .set({ unreachable_reason: reason })
    .where('platform', '=', platform)
    .where('workspace_id', '=', workspaceId)
    .where('user_id', '=', userId)
    .execute();
};
