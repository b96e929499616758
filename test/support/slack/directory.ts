/** People on the roster and accounts in a workspace, not yet known to be the same. */
import { sql } from 'kysely';
import { keyRoster, type RosterPerson } from '../../../core/people/person.ts';
import { applyRoster } from '../../../core/store/people/roster.ts';
import { type Organisation, openOrganisation } from './house.ts';

const pace = { slack: { rate: 8, burst: 20 }, teams: { rate: 35, burst: 40 } };
const units = [{ code: 'KC', parent: null, name: 'Kementerian Contoh', levelLabel: 'Kementerian' }];

/** A line of the roster. */
export const person = (key: string, given: Partial<RosterPerson> = {}): RosterPerson => ({
  employeeKey: key,
  name: `${key} Contoh`,
  email: `${key}@contoh.example`,
  unit: 'KC',
  timeZone: 'Asia/Jakarta',
  workPattern: 'five-day',
  roles: ['staff'],
  language: 'id',
  gradeBand: 'staff',
  identities: [],
  preferredChat: null,
  leave: null,
  status: 'active',
  ...given,
});
/** A user object of Slack's. */
export const user = (id: string, email: string | null, more: object = {}) => ({
  id,
  tz: 'Asia/Jakarta',
  tz_offset: 25_200,
  ...more,
  profile: email === null ? {} : { email },
});

/** An organisation with one installed workspace, T0SATU, and these people on the roster. */
export const openWithPeople = async (people: readonly RosterPerson[]) => {
  const house = await openOrganisation();
  await house.install('T0SATU');
  const apply = (told: readonly RosterPerson[]) =>
    house.db.transaction().execute((trx) =>
      applyRoster(trx, keyRoster({ units, people: told }, 'rahasia'), {
        now: house.clock.now(),
        today: '2026-12-07',
        pace,
      }),
    );
  await apply(people);
  return { ...house, apply };
};

/** Who is known in the chat: name, user id, zone, reason. */
export const known = async ({ db }: Organisation) => {
  const { rows } = await sql<{ told: string }>`
    SELECT concat_ws(' ', split_part(p.name, ' ', 1), i.user_id, p.time_zone, i.unreachable_reason) AS told
    FROM identities i JOIN people p ON p.id = i.person_id ORDER BY p.id, i.workspace_id`.execute(
    db,
  );
  return rows.map(({ told }) => told);
};
