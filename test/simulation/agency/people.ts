/** Who people are at each moment, and whether a message may reach them then: the window's own judge. */
import { sql } from 'kysely';
import { localDate, nextWindow, type WorkCalendar } from '../../../core/calendar/work-time.ts';
import { loadCalendar } from '../../../core/store/calendars.ts';
import type { Database } from '../../../core/store/database.ts';

type PersonNow = {
  readonly id: number;
  readonly zone: string;
  readonly pattern: string;
  readonly quietFrom: number | null;
  readonly quietTo: number | null;
  readonly leaveFrom: string | null;
  readonly leaveTo: string | null;
  readonly pausedUntil: string | null;
  readonly stopped: boolean;
  readonly status: string;
  readonly welcomed: boolean;
  readonly chat: { readonly platform: 'slack' | 'teams'; readonly workspaceId: string } | null;
};

/** The crowd and the calendar at one moment. */
export type Moment = {
  readonly people: ReadonlyMap<number, PersonNow>;
  readonly calendar: WorkCalendar;
};

/** Reads the moment from the store. */
export const readMoment = async (db: Database): Promise<Moment> => {
  const { rows } = await sql<PersonNow>`
    SELECT p.id, p.time_zone AS zone, p.work_pattern AS pattern, f.quiet_from AS "quietFrom",
      f.quiet_to AS "quietTo", p.leave_from AS "leaveFrom", p.leave_to AS "leaveTo",
      f.paused_until AS "pausedUntil", (f.stopped_at IS NOT NULL) AS stopped, p.status,
      (f.welcomed_at IS NOT NULL) AS welcomed, CASE WHEN i.platform IS NOT NULL
        THEN json_build_object('platform', i.platform, 'workspaceId', i.workspace_id) END AS chat
    FROM people p LEFT JOIN preferences f ON f.person_id = p.id
    LEFT JOIN identities i ON i.person_id = p.id AND i.preferred
    ORDER BY p.id`.execute(db);
  return { people: new Map(rows.map((row) => [row.id, row])), calendar: await loadCalendar(db) };
};

/** Why a message may not reach a person at an instant, or null when it may. */
export const whyShut = (
  { people, calendar }: Moment,
  person: number,
  at: number,
): string | null => {
  const one = people.get(person);
  if (one === undefined) return 'nobody';
  const instant = new Date(at);
  const today = localDate(one.zone, instant);
  if (one.status === 'left') return 'left';
  if (one.stopped) return 'stopped';
  if (one.leaveFrom !== null && one.leaveFrom <= today && today <= (one.leaveTo ?? today))
    return 'leave';
  if (one.pausedUntil !== null && today <= one.pausedUntil) return 'paused';
  return nextWindow(calendar, one, instant).moved;
};
