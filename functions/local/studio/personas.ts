/** Who can be played in the studio: a person on each chat, so that the same message is seen in both. */
import type { Platform } from '../../../core/ports.ts';
import type { Persona } from '../../../web/studio/port.ts';
import { sampleKeys, samplePeople } from '../sample/agency.ts';

/** A persona and the chat users it plays. */
export type Played = Persona & { readonly users: Readonly<Partial<Record<Platform, string>>> };

const anyLeave = { from: '2026-01-01', to: '2026-01-01' };
const people = new Map(
  samplePeople({ leave: anyLeave }).map((person) => [person.employeeKey, person]),
);

const usersOf = (keys: readonly string[]): Played['users'] =>
  Object.fromEntries(
    keys.flatMap((key) =>
      (people.get(key)?.identities ?? []).map(({ platform, userId }) => [platform, userId]),
    ),
  );

const staff = (id: string, place: string, keys: readonly string[]): Played => ({
  id,
  label: { id: `Staf · ${place}`, en: `Staff · ${place}` },
  role: 'staff',
  users: usersOf(keys),
});

/** In the order of the picker; the first is shown to a newcomer. */
export const personas: readonly Played[] = [
  staff('staf-wib', 'Jakarta', [sampleKeys.slackStaff, sampleKeys.teamsStaff]),
  staff('staf-wita', 'Makassar', ['KC-0200', 'KC-0201']),
  staff('staf-wit', 'Jayapura', [sampleKeys.eastStaff, 'KC-0221']),
  {
    id: 'pimpinan',
    label: { id: 'Pimpinan direktorat', en: 'Leader of a directorate' },
    role: 'leader',
    users: usersOf(['KC-0158', sampleKeys.director]),
  },
  {
    id: 'pimpinan-tim',
    label: { id: 'Pimpinan tim 3 orang', en: 'Leader of a team of 3' },
    role: 'leader',
    users: usersOf(['KC-0180']),
  },
  { id: 'sdm', label: { id: 'SDM', en: 'HR' }, role: 'hr', users: usersOf([sampleKeys.hr[0]]) },
  {
    id: 'operator',
    label: { id: 'Operator', en: 'Operator' },
    role: 'operator',
    users: usersOf([sampleKeys.operator]),
  },
];

/** Every chat user whom somebody in the studio plays. */
export const playedUsers: ReadonlySet<string> = new Set(
  personas.flatMap(({ users }) => Object.values(users)),
);
