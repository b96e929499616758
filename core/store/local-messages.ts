/** What the local workspace and tenant keep; only the local host has this table. */
import { sql } from 'kysely';
import { once } from '../conversation/once.ts';
import type { Platform } from '../ports.ts';
import type { Database } from './database.ts';

export type LocalMessage = {
  readonly platform: Platform;
  readonly ref: string;
  readonly userId: string;
  readonly payload: unknown;
  readonly sentAt: Date;
  readonly changedAt: Date | null;
};

/** Keeps new and changed messages; the newest payload of a message wins. */
export const saveLocalMessages = async (
  db: Database,
  messages: readonly LocalMessage[],
): Promise<void> => {
  if (messages.length === 0) return;
  await sql`INSERT INTO local_messages (platform, ref, user_id, payload, sent_at, changed_at)
    SELECT * FROM unnest(${messages.map((one) => one.platform)}::text[],
      ${messages.map((one) => one.ref)}::text[], ${messages.map((one) => one.userId)}::text[],
      ${messages.map((one) => asJson(one.payload))}::json[],
      ${messages.map((one) => one.sentAt)}::timestamptz[],
      ${messages.map((one) => one.changedAt)}::timestamptz[])
    ON CONFLICT (platform, ref) DO UPDATE
      SET payload = excluded.payload, changed_at = excluded.changed_at`.execute(db);
};

/** Many people's messages share one payload: it is written out once. */
const writeOnce = once((payload: object) => JSON.stringify(payload));
const asJson = (payload: unknown): string =>
  typeof payload === 'object' && payload !== null ? writeOnce(payload) : JSON.stringify(payload);

/** Every message kept, oldest first. */
export const listLocalMessages = async (db: Database): Promise<readonly LocalMessage[]> =>
  db
    .selectFrom('local_messages')
    .select([
      'platform',
      'ref',
      'user_id as userId',
      'payload',
      'sent_at as sentAt',
      'changed_at as changedAt',
    ])
    .orderBy('sent_at')
    .orderBy('ref')
    .execute();
