/** What an agency changes in the middle of a week: roster, calendar, content, a recall, a revoked token. */
import { sql } from 'kysely';
import { loadCalendar, setCalendar } from '../../../core/store/calendars.ts';
import type { Database } from '../../../core/store/database.ts';
import { addRecall } from '../../../core/store/outbox/amendments.ts';
import { resumeLane } from '../../../core/store/outbox/lanes.ts';
import { noteContent, requestPlan } from '../../../core/store/outbox/replanning.ts';
import type { Hardship } from '../judge/hardships.ts';
import type { Platforms } from '../network/platform.ts';
import type { Random } from '../random.ts';
import type { World } from '../world.ts';
import { type Content, type Edition, week } from './content.ts';
import { insertPerson, type LaneSeed, userOf } from './crowd.ts';

export type Parts = {
  readonly world: World;
  /** The operator's own connection, beside the machines'. */
  readonly admin: Database;
  readonly random: Random;
  readonly platforms: Platforms;
  readonly people: number;
  readonly lanes: readonly LaneSeed[];
  readonly content: Content;
  /** Working days of the week. */
  readonly days: number;
  /** Every machine that starts, and every one that runs, has this edition from now on. */
  readonly deploy: (edition: Edition) => void;
  /** The witness reads along after each change. */
  readonly look: () => Promise<void>;
  readonly stopServer: (seconds: number) => Promise<void>;
  readonly face: (hardship: Hardship) => void;
};

type Act = readonly [what: Hardship | null, name: string, act: () => Promise<void>];

/** Puts the changes of the week into the world's queue. */
export const scheduleChanges = (parts: Parts): void => {
  const { world, random } = parts;
  const put = (at: number, [what, name, act]: Act): void =>
    world.at(at, async () => {
      world.note(`CHANGE ${name}`);
      if (what !== null) parts.face(what);
      await act();
      await parts.look();
    });
  const { content } = parts;
  // Content: at risk while the first day's tips go out, approved anew the next morning.
  const day = Date.parse(week.starts);
  put(day + random.between(90, 240) * 60_000, edition(parts, 'at-risk'));
  put(day + random.between(1_440, 1_640) * 60_000, edition(parts, 'approved'));
  put(day + random.between(1_500, 1_800) * 60_000, recall(parts, content.recalled));
  if (random.chance(0.5)) put(day + random.between(2_000, 3_000) * 60_000, holiday(parts));
  for (let change = random.between(4, 9); change > 0; change -= 1)
    put(someTime(parts), roster(parts));
  for (let account = random.between(0, 3); account > 0; account -= 1)
    put(someTime(parts), accountGone(parts));
  if (random.chance(0.4)) {
    const at = someTime(parts);
    put(at, token(parts, true));
    put(at + random.between(5, 90) * 60_000, token(parts, false));
  }
  if (random.chance(0.5)) {
    // A workspace that lets nobody through until just before a window shuts: what waited goes in a hurry.
    const until = edge(parts) - random.between(1, 70) * 1000;
    put(until - random.between(13, 28) * 60_000, throttle(parts, until));
  }
  for (let stop = random.between(0, 2); stop > 0; stop -= 1)
    put(someTime(parts), [
      'database-restart',
      'server stops',
      () => parts.stopServer(random.between(1, 90)),
    ]);
};

/** An instant at which somebody somewhere is at work. */
const someTime = ({ random, days }: Parts): number => {
  const day = random.pick(week.workdays.slice(0, days));
  return Date.parse(week.starts) + day * 86_400_000 + random.between(-60, 9 * 60) * 60_000;
};

/** An instant at which windows shut: the Friday rest, or the day's last messages, in one of the zones. */
const edge = ({ random, days }: Parts): number => {
  const day = random.pick(week.workdays.slice(0, days));
  const friday = day === 1 && random.chance(0.7);
  const jakarta = friday ? '04:30' : '08:30';
  return (
    Date.parse(`${week.starts}T${jakarta}:00Z`) +
    day * 86_400_000 -
    random.between(0, 2) * 3_600_000
  );
};

const throttle = ({ platforms }: Parts, until: number): Act => [
  'workspace-throttled',
  `throttled until ${new Date(until).toISOString()}`,
  async () => {
    platforms.throttle.until = until;
  },
];

const edition = ({ admin, content, deploy }: Parts, name: Edition): Act => [
  'content-change',
  `content ${name}`,
  async () => {
    deploy(name);
    await noteContent(admin, content.editions[name].version);
  },
];

const recall = ({ admin, world }: Parts, item: string): Act => [
  'recall',
  `recall ${item}`,
  async () => {
    await addRecall(admin, { item, reason: 'wrong', at: new Date(world.now()) });
    await requestPlan(admin);
  },
];

const holiday = ({ admin, world }: Parts): Act => [
  'calendar-change',
  `holiday ${week.holiday}`,
  async () => {
    const year = (await loadCalendar(admin)).years.get(2026);
    if (year === undefined) throw new Error('no calendar of 2026');
    const added = {
      date: week.holiday,
      name: 'Libur Contoh',
      kind: 'national',
      estimated: false,
    } as const;
    const changed = { ...year, holidays: [...year.holidays, added] };
    await admin.transaction().execute((trx) => setCalendar(trx, changed, new Date(world.now())));
    await requestPlan(admin);
  },
];

const roster = ({ admin, random, people, lanes }: Parts): Act => {
  const person = random.between(1, people);
  const change = random.weighted({ leaves: 2, away: 3, zone: 2, joins: 2, back: 2, quiet: 2 });
  const act = async (): Promise<void> => {
    if (change === 'leaves')
      await sql`UPDATE people SET status = 'left' WHERE id = ${person}`.execute(admin);
    if (change === 'away')
      await sql`UPDATE people SET leave_from = '2026-10-29', leave_to = '2026-10-30'
        WHERE id = ${person}`.execute(admin);
    if (change === 'back')
      await sql`UPDATE people SET leave_from = NULL, leave_to = NULL WHERE id = ${person}`.execute(
        admin,
      );
    if (change === 'zone')
      await sql`UPDATE people SET time_zone = ${random.pick(['Asia/Jakarta', 'Asia/Jayapura'])}
        WHERE id = ${person}`.execute(admin);
    if (change === 'quiet')
      await sql`UPDATE preferences SET quiet_from = 840, quiet_to = 600 WHERE person_id = ${person}`.execute(
        admin,
      );
    if (change === 'joins') await join(admin, { random, lanes });
    await requestPlan(admin);
  };
  return ['roster-change', `roster ${person} ${change}`, act];
};

const join = async (
  admin: Database,
  { random, lanes }: { random: Random; lanes: readonly LaneSeed[] },
): Promise<void> => {
  const { rows } = await sql<{ id: number }>`SELECT max(id) + 1 AS id FROM people`.execute(admin);
  await insertPerson(admin, { id: rows[0]?.id ?? 0, lanes, random });
};

const accountGone = ({ random, people, platforms }: Parts): Act => {
  const user = userOf(random.between(1, people));
  return [
    'account-gone',
    `account ${user} gone`,
    async () => {
      platforms.gone.add(user);
    },
  ];
};

/** A revoked token stops the lanes; the operator renews it and lets them go on. */
const token = ({ admin, platforms }: Parts, revoked: boolean): Act => [
  revoked ? 'token-revoked' : null,
  revoked ? 'token revoked' : 'token renewed',
  async () => {
    platforms.token.revoked = revoked;
    if (revoked) return;
    const { rows } = await sql<{ id: number }>`SELECT id FROM lanes ORDER BY id`.execute(admin);
    for (const { id } of rows) await resumeLane(admin, id);
  },
];
