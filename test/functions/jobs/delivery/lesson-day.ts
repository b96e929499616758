/** One lesson day of the sample agency, for tests of the sender. */
import { sql } from 'kysely';
import { planAll } from '../../../../functions/jobs/delivery/plan.ts';
import { type House, openHouse } from '../../../support/house.ts';

const early = '2026-10-25T22:00:00Z';
/** 08.30 WIB of that day. */
export const lessonTime = '2026-10-26T01:30:00Z';

/** A house with one day's lessons planned for everybody, and nothing else. */
export const openDay = async (): Promise<House> => {
  const house = await openHouse({ now: early, welcomed: true });
  // One stream is enough here: the day's lessons on both lanes.
  await planAll(house.host.context, new Date(early));
  await sql`DELETE FROM outbox WHERE stream <> 'lesson' OR slot <> '2026-10-26'`.execute(house.db);
  await sql`INSERT INTO job_runs VALUES ('plan', ${lessonTime}), ('participation', ${lessonTime}),
    ('learning', ${lessonTime}) ON CONFLICT DO NOTHING`.execute(house.db);
  return house;
};

/** How the rows of a chat stand that were due by 09.00 WIB. */
export const states = async ({ db }: House, platform: string) => {
  const rows = await sql<{ state: string; count: number }>`
    SELECT o.state, count(*)::int AS count FROM outbox o JOIN lanes l ON l.id = o.lane_id
    WHERE l.platform = ${platform} AND o.due <= ${'2026-10-26T02:00:00Z'}
    GROUP BY 1 ORDER BY 1`.execute(db);
  return Object.fromEntries(rows.rows.map(({ state, count }) => [state, count]));
};

/** How many messages a chat holds, in all and by person. */
export const copies = ({ host }: House, platform: string) => {
  const perPerson = new Map<string, number>();
  for (const message of host.messages())
    if (message.platform === platform)
      perPerson.set(message.userId, (perPerson.get(message.userId) ?? 0) + 1);
  return { messages: [...perPerson.values()].reduce((sum, one) => sum + one, 0), perPerson };
};
