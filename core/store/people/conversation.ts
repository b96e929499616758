/** What the receiver reads and writes about one person. */
import { sql, type Transaction } from 'kysely';
import type { LocalDate } from '../../clock.ts';
import type { Language } from '../../language.ts';
import type { Address } from '../../ports.ts';
import type { Database } from '../database.ts';
import type { Tables } from '../schema.ts';

export type KnownPerson = {
  readonly id: number;
  readonly unitName: string;
  readonly zone: string;
  readonly pattern: string;
  readonly language: Language;
  readonly quietFrom: number | null;
  readonly quietTo: number | null;
  readonly stopped: boolean;
  readonly welcomed: boolean;
  /** Out of reach until this event: who writes has the app and has not blocked it. */
  readonly returned: boolean;
};

/** An event to handle: a mark that names nobody, and who sent it. */
type Sighting = { readonly mark: string; readonly from: Address; readonly now: Date };

/** What a press says of a lesson; the first answer stands, a later press of the same choice changes nothing. */
export type Progress = {
  readonly item: string;
  readonly state: 'answered' | 'committed';
  readonly correct: boolean | null;
  readonly at: Date;
};

export type Met = {
  readonly first: boolean;
  readonly recalled: boolean;
  readonly person: KnownPerson | null;
};

/**
 * Remembers an event, finds the person behind its chat address and notes their progress, in one statement. `first` is
 * false when the event was seen before, and then nothing may be done again; `person` is null for an address that is not
 * on the roster; `recalled` says that the lesson of that progress was withdrawn.
 */
export const meet = async (
  db: Database,
  { mark, from, now }: Sighting,
  progress: Progress | null = null,
): Promise<Met> => {
  const { rows } = await sql<MetRow>`
    WITH mark AS (INSERT INTO seen_events (key, at) VALUES (${mark}, ${now})
      ON CONFLICT DO NOTHING RETURNING key),
    sender AS (SELECT p.id, u.name AS "unitName", p.time_zone AS zone,
      p.work_pattern AS pattern, coalesce(f.language, 'id') AS language,
      f.quiet_from AS "quietFrom", f.quiet_to AS "quietTo", f.stopped_at IS NOT NULL AS stopped,
      f.welcomed_at IS NOT NULL AS welcomed,
      i.conversation, i.service_url AS "serviceUrl", i.unreachable_reason IS NOT NULL AS returned
      FROM identities i JOIN people p ON p.id = i.person_id AND p.status = 'active'
      JOIN units u ON u.id = p.unit_id LEFT JOIN preferences f ON f.person_id = p.id
      WHERE i.platform = ${from.platform} AND i.workspace_id = ${from.workspaceId}
      AND i.user_id = ${from.userId})${noting(progress)}
    SELECT EXISTS (SELECT FROM mark) AS first,
      EXISTS (SELECT FROM recalls WHERE item = ${progress?.item ?? null}::text) AS recalled, sender.*
    FROM (SELECT 1) AS always LEFT JOIN sender ON true`.execute(db);
  const [row] = rows;
  if (row === undefined) throw new Error('a look without a table found no row');
  const { first, recalled, id, conversation, serviceUrl, ...person } = row;
  if (id === null) return { first, recalled, person: null };
  if (first) await keepAddress(db, from, { conversation, serviceUrl, returned: person.returned });
  return { first, recalled, person: { id, ...person } };
};

const noting = (progress: Progress | null) =>
  progress === null
    ? sql``
    : sql`, noted AS (INSERT INTO progress (person_id, item, state, correct, at)
      SELECT sender.id, ${progress.item}, ${progress.state}, ${progress.correct}::boolean,
        ${progress.at}::timestamptz FROM sender, mark ON CONFLICT DO NOTHING)`;

type MetRow = Omit<KnownPerson, 'id'> &
  Pick<Address, 'conversation' | 'serviceUrl'> &
  Omit<Met, 'person'> & { readonly id: number | null };

/** A changed conversation or service address is kept, and whoever writes is in reach. */
const keepAddress = async (
  db: Database,
  from: Address,
  known: Pick<Address, 'conversation' | 'serviceUrl'> & Pick<KnownPerson, 'returned'>,
): Promise<void> => {
  const conversation = from.conversation ?? known.conversation;
  const serviceUrl = from.serviceUrl ?? known.serviceUrl;
  const same = conversation === known.conversation && serviceUrl === known.serviceUrl;
  if (same && !known.returned) return;
  await db
    .updateTable('identities')
    .set({ conversation, service_url: serviceUrl, unreachable_reason: null })
    .where('platform', '=', from.platform)
    .where('workspace_id', '=', from.workspaceId)
    .where('user_id', '=', from.userId)
    .execute();
};

export type PreferenceChange = Partial<{
  language: Language;
  send_minute: number | null;
  per_week: number;
  paused_until: LocalDate | null;
  stopped_at: Date | null;
}>;

/** Changes a person's preferences; a person without a row gets one. */
export const changePreferences = async (
  trx: Transaction<Tables>,
  personId: number,
  change: PreferenceChange,
): Promise<void> => {
  await trx
    .insertInto('preferences')
    .values({ person_id: personId, ...change })
    .onConflict((conflict) => conflict.column('person_id').doUpdateSet(change))
    .execute();
};

/** Another number of tips a week; what waits is planned anew for it. */
export const changeFrequency = async (
  trx: Transaction<Tables>,
  personId: number,
  perWeek: 1 | 3 | 5,
): Promise<void> => {
  await changePreferences(trx, personId, { per_week: perWeek });
  await dropWaitingLessons(trx, personId);
};

/** A leader's commitment, and once done its day. */
export const recordCommitment = async (
  trx: Transaction<Tables>,
  personId: number,
  act: { readonly prompt: string; readonly at: Date; readonly done: boolean },
): Promise<void> => {
  await sql`INSERT INTO commitments (person_id, prompt, made_at, done_at)
    VALUES (${personId}, ${act.prompt}, ${act.at}, ${act.done ? act.at : null})
    ON CONFLICT (person_id, prompt) DO UPDATE
      SET done_at = coalesce(commitments.done_at, excluded.done_at)`.execute(trx);
};

/**
 * Plans the second showing of a postponed lesson, unless it waits already; one a day, held by the attention key. False
 * when the day has one, or the person is on leave.
 */
export const planLater = async (
  trx: Transaction<Tables>,
  personId: number,
  later: { item: string; slot: LocalDate; due: Date; expires: Date; priority: number },
): Promise<boolean> => {
  const { rows } = await sql<{ waits: boolean }>`
    WITH waiting AS (SELECT FROM outbox WHERE person_id = ${personId} AND stream = 'lesson-later'
      AND slot >= ${later.slot}::date AND item = ${later.item} AND state IN ('planned', 'retry')),
    room AS (SELECT i.person_id, i.lane_id FROM identities i JOIN people p ON p.id = i.person_id
      WHERE i.person_id = ${personId} AND i.preferred AND NOT EXISTS (SELECT FROM waiting)
      AND (${later.slot}::date BETWEEN p.leave_from AND p.leave_to) IS NOT TRUE),
    budget AS (INSERT INTO attention (person_id, local_day, class)
      SELECT person_id, ${later.slot}::date, 'later' FROM room
      ON CONFLICT DO NOTHING RETURNING person_id),
    planned AS (INSERT INTO outbox (person_id, stream, slot, item, lane_id, priority, due, expires,
      state, moved_reason)
      SELECT person_id, 'lesson-later', ${later.slot}::date, ${later.item}, room.lane_id,
        ${later.priority}, ${later.due}, ${later.expires}, 'planned', 'later'
      FROM budget JOIN room USING (person_id) ON CONFLICT DO NOTHING RETURNING person_id)
    SELECT EXISTS (SELECT FROM waiting) OR EXISTS (SELECT FROM planned) AS waits`.execute(trx);
  return rows[0]?.waits === true;
};

/** Marks an address as reachable again, or not and why. */
export const setReachable = async (
  trx: Transaction<Tables>,
  from: Address,
  reason: string | null,
): Promise<void> => {
  await trx
    .updateTable('identities')
    .set({ unreachable_reason: reason })
    .where('platform', '=', from.platform)
    .where('workspace_id', '=', from.workspaceId)
    .where('user_id', '=', from.userId)
    .execute();
};

/** The person's rows that still wait: a changed time or frequency plans them anew. */
export const dropWaitingLessons = async (
  trx: Transaction<Tables>,
  personId: number,
): Promise<void> => {
  await sql`WITH gone AS (
      DELETE FROM outbox WHERE person_id = ${personId} AND stream = 'lesson' AND state = 'planned'
        AND moved_reason IS DISTINCT FROM 'resent'
      RETURNING person_id, slot)
    DELETE FROM attention a USING gone
    WHERE a.person_id = gone.person_id AND a.local_day = gone.slot AND a.class = 'lesson'`.execute(
    trx,
  );
};
