/** The morning of a lesson day with two people, one in each chat, to talk to. */
import { sql } from 'kysely';
import { planAll } from '../../../../functions/jobs/delivery/plan.ts';
import { sampleKeys } from '../../../../functions/local/sample/agency.ts';
import { type House, openHouse } from '../../../support/house.ts';

/** 08.30 WIB, when both have just had their lesson. */
export const lessonAt = '2026-10-26T01:30:00Z';
export const keys = { slack: sampleKeys.slackStaff, teams: sampleKeys.teamsStaff } as const;

export const openMorning = async (): Promise<House> => {
  const house = await openHouse({ now: '2026-10-25T22:00:00Z', welcomed: true });
  await planAll(house.host.context, house.host.clock.now());
  await sql`DELETE FROM outbox WHERE stream <> 'lesson' OR person_id NOT IN
    (${await house.idOf(keys.slack)}, ${await house.idOf(keys.teams)})`.execute(house.db);
  await sql`INSERT INTO job_runs VALUES ('plan', ${lessonAt}), ('participation', ${lessonAt}),
    ('learning', ${lessonAt}) ON CONFLICT (name) DO UPDATE SET ran_at = excluded.ran_at`.execute(
    house.db,
  );
  await house.tickAt(lessonAt);
  return house;
};
