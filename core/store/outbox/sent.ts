/** What a sent or refused message tells of where a person is reached. */
import { sql } from 'kysely';
import type { LocalDate } from '../../clock.ts';
import type { Address } from '../../ports.ts';
import type { Database } from '../database.ts';
import type { Seen, Settlement } from './outbox.ts';

/** Notes that these people have seen an item of the catalogue, and on which sources that stood. */
export const recordSeen = async (
  db: Database,
  rows: readonly { readonly personId: number; readonly seen: Seen }[],
  now: Date,
): Promise<void> => {
  if (rows.length === 0) return;
  await sql`INSERT INTO seen (person_id, item, version, at)
    SELECT person_id, item, version, ${now}
    FROM unnest(${rows.map((row) => row.personId)}::int[], ${rows.map((row) => row.seen.item)}::text[],
      ${rows.map((row) => row.seen.version)}::text[]) AS n (person_id, item, version)
    ON CONFLICT DO NOTHING`.execute(db);
};

/** States of a message that has reached its person, or may have. */
export const perhapsSent = sql`('sending', 'sent', 'unknown', 'unconfirmed')`;

/** Of these people, who was sent their invitation to a wave since then, or may have been; `from` is its first slot. */
export const invitedSince = async (
  db: Database,
  of: {
    readonly wave: string;
    readonly from: LocalDate;
    readonly people: readonly number[];
    readonly since: Date;
  },
): Promise<ReadonlySet<number>> => {
  const { rows } = await sql<{ id: number }>`SELECT person_id AS id FROM outbox
    WHERE slot >= ${of.from}::date AND stream = 'pulse' AND item = ${of.wave}
      AND person_id = ANY(${of.people}::int[]) AND state IN ${perhapsSent}
      AND changed_at >= ${of.since}`.execute(db);
  return new Set(rows.map(({ id }) => id));
};

/** A sent row, as far as it tells where a person is reached. */
export type SentRow = Pick<Settlement, 'personId' | 'stream' | 'conversation'> & Addressed;

/** Where the conversation is, and who was welcomed, as sent rows tell. */
export const recordReached = async (
  db: Database,
  rows: readonly SentRow[],
  now: Date,
): Promise<void> => {
  const moved = rows.filter(hasMoved);
  if (moved.length > 0)
    await sql`UPDATE identities i SET conversation = n.conversation
      FROM ${addressList(moved, (row) => row.conversation)}
        AS n (platform, workspace_id, user_id, conversation)
      WHERE ${atAddress}`.execute(db);
  const welcomed = rows.filter(isWelcome).map((row) => row.personId);
  if (welcomed.length > 0)
    await sql`INSERT INTO preferences (person_id, welcomed_at)
      SELECT person_id, ${now} FROM unnest(${welcomed}::int[]) AS n (person_id)
      ON CONFLICT (person_id) DO UPDATE SET welcomed_at = ${now}`.execute(db);
};

/** Whether `recordReached` has something to write for a sent row. */
export const tellsReach = (row: SentRow): boolean => hasMoved(row) || isWelcome(row);

const hasMoved = ({ conversation, address }: SentRow): boolean =>
  conversation !== address.conversation;

const isWelcome = ({ stream }: SentRow): boolean => stream === 'welcome';

/** Marks identities whose chat refused for good, so that the next plan says so at once. */
export const recordUnreachable = async (
  db: Database,
  rows: readonly { readonly address: Address; readonly reason: string }[],
): Promise<void> => {
  if (rows.length === 0) return;
  await sql`UPDATE identities i SET unreachable_reason = n.reason
    FROM ${addressList(rows, (row) => row.reason)} AS n (platform, workspace_id, user_id, reason)
    WHERE ${atAddress}`.execute(db);
};

type Addressed = { readonly address: Address };

const addressList = <Row extends Addressed>(
  rows: readonly Row[],
  what: (row: Row) => string | null,
) => sql`unnest(${rows.map((row) => row.address.platform)}::text[],
  ${rows.map((row) => row.address.workspaceId)}::text[],
  ${rows.map((row) => row.address.userId)}::text[], ${rows.map(what)}::text[])`;

/** An identity `i` is that of a row `n`: whom a person prefers to be by now says nothing of where the message went. */
const atAddress = sql`i.platform = n.platform AND i.workspace_id = n.workspace_id
  AND i.user_id = n.user_id`;
