/** The people of a simulated week: three zones, two patterns, quiet times, leaves, pauses, two workspaces. */
import { sql } from 'kysely';
import type { Catalogue } from '../../../core/content/schema.ts';
import type { Platform } from '../../../core/ports.ts';
import { keepCalendars, loadCalendar } from '../../../core/store/calendars.ts';
import type { Database } from '../../../core/store/database.ts';
import { launchWave } from '../../../core/store/pulse/waves.ts';
import { newWaveKeys } from '../../../core/survey/ballot/ballot.ts';
import { formItems } from '../../../core/survey/form.ts';
import type { Random } from '../random.ts';
import { readCalendars, week } from './content.ts';

export type LaneSeed = {
  readonly platform: Platform;
  readonly workspace: string;
  /** As doctor found it. */
  readonly deduplicates: boolean;
};

/** A Slack user id of a person. */
export const userOf = (person: number): string => `U${String(person).padStart(5, '0')}`;

const zones = ['Asia/Jakarta', 'Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura'] as const;

type Seeding = {
  readonly people: number;
  readonly lanes: readonly LaneSeed[];
  readonly random: Random;
};

/** Fills an empty store; the first thousandths of a second belong to nobody, so `now` is the week's begin. */
export const seedCrowd = async (db: Database, seeding: Seeding): Promise<void> => {
  const { people, lanes, random } = seeding;
  const now = new Date(week.begins);
  // The calendar read last is kept by its digest: every seed begins with that of an empty table.
  await loadCalendar(db);
  await keepCalendars(db, await readCalendars(), now);
  await sql`INSERT INTO units (id, code, name, level_label, valid_from)
    SELECT n, 'U' || n, 'Unit Contoh ' || n, 'Unit', date '2026-01-01'
    FROM generate_series(1, 4) n`.execute(db);
  for (const [index, { platform, workspace, deduplicates }] of lanes.entries())
    await sql`INSERT INTO lanes (id, platform, workspace_id, client_msg_id, rate, burst)
      VALUES (${index + 1}, ${platform}, ${workspace}, ${deduplicates ? 'deduplicates' : null}, ${random.pick([0.8, 2, 4, 8.75])},
        ${random.pick([1, 5, 10])})`.execute(db);
  const ids = Array.from({ length: people }, (_, index) => index + 1);
  for (const id of ids) await insertPerson(db, { id, lanes, random });
  await sql`SELECT setval(pg_get_serial_sequence('people', 'id'), ${people})`.execute(db);
};

const quiets = [
  [600, 660],
  [780, 900],
  [1140, 480],
] as const;
const wishes = [480, 570, 675, 690, 780, 840, 915] as const;

/** One person with preferences and a chat, or without one. */
export const insertPerson = async (
  db: Database,
  { id, lanes, random }: { id: number; lanes: readonly LaneSeed[]; random: Random },
): Promise<void> => {
  const perhaps = <T>(share: number, one: T): T | null => (random.chance(share) ? one : null);
  const away = perhaps(0.06, { from: '2026-10-30', to: '2026-11-02' }) ?? { from: null, to: null };
  const roles = perhaps(0.06, ['staff', 'leader']) ?? ['staff'];
  const pattern = perhaps(0.15, 'six-day') ?? 'five-day';
  await sql`INSERT INTO people (id, employee_key, name, unit_id, roles, time_zone, work_pattern,
      leave_from, leave_to)
    VALUES (${id}, ${`key-${id}`}, ${`Pegawai Contoh ${id}`}, ${1 + (id % 4)}, ${roles}::text[],
      ${random.pick(zones)}, ${pattern}, ${away.from}, ${away.to})`.execute(db);
  const [quietFrom, quietTo] = perhaps(0.1, random.pick(quiets)) ?? [null, null];
  const language = perhaps(0.1, 'en') ?? 'id';
  await sql`INSERT INTO preferences (person_id, language, send_minute, quiet_from, quiet_to, per_week,
      paused_until, stopped_at, welcomed_at)
    VALUES (${id}, ${language}, ${perhaps(0.25, random.pick(wishes))}, ${quietFrom}, ${quietTo},
      ${random.pick([1, 3, 5, 5, 5])}, ${perhaps(0.04, '2026-10-30')},
      ${perhaps(0.03, new Date(week.begins))},
      ${perhaps(0.5, new Date(week.begins - 86_400_000))})`.execute(db);
  if (random.chance(0.03)) return;
  const lane = random.chance(0.7) ? 0 : lanes.length - 1;
  const user = userOf(id);
  await sql`INSERT INTO identities (platform, workspace_id, user_id, person_id, lane_id, conversation)
    VALUES (${lanes[lane]?.platform}, ${lanes[lane]?.workspace}, ${user}, ${id}, ${lane + 1},
      ${perhaps(0.7, `D${user}`)})`.execute(db);
};

/** The week's wave is open already; its keys, as the secret store keeps them. */
export const seedWave = async (
  db: Database,
  { survey, programme }: Catalogue,
  ends: number,
): Promise<ReadonlyMap<string, string>> => {
  const [wave] = programme.waves;
  if (wave === undefined) throw new Error('the week has no wave');
  const keys = await newWaveKeys();
  await db.transaction().execute((trx) =>
    launchWave(
      trx,
      {
        id: wave.id,
        survey: survey.id,
        items: formItems(survey.items, wave.rotating),
        opensAt: new Date(week.begins),
        closesAt: new Date(ends - 3_600_000),
        publicKey: keys.publicKey,
        depth: 'units',
      },
      wave.opens,
    ),
  );
  return new Map([
    [`wave-${wave.id}-private-key`, JSON.stringify(keys.privateKey)],
    [`wave-${wave.id}-secret`, keys.secret],
  ]);
};
