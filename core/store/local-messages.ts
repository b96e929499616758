/** What the local workspace and tenant keep; only the local host has this table. */
import { sql } from 'kysely';
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
  // Many people's messages share one payload: it is written out and sent once.
  const payloads = [...new Set(messages.map((one) => one.payload))];
  const place = new Map(payloads.map((payload, index) => [payload, index + 1]));
  await sql`INSERT INTO local_messages (platform, ref, user_id, payload, sent_at, changed_at)
    SELECT m.platform, m.ref, m.user_id, p.payload, m.sent_at, m.changed_at
    FROM unnest(${messages.map((one) => one.platform)}::text[],
      ${messages.map((one) => one.ref)}::text[], ${messages.map((one) => one.userId)}::text[],
      ${messages.map((one) => place.get(one.payload))}::int[],
      ${messages.map((one) => one.sentAt)}::timestamptz[],
      ${messages.map((one) => one.changedAt)}::timestamptz[])
      AS m (platform, ref, user_id, place, sent_at, changed_at)
    JOIN unnest(${payloads.map((payload) => JSON.stringify(payload))}::json[])
      WITH ORDINALITY AS p (payload, place) ON p.place = m.place
    ON CONFLICT (platform, ref) DO UPDATE
      SET payload = excluded.payload, changed_at = excluded.changed_at`.execute(db);
};

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
