/** "Kementerian Contoh": 240 plainly fictional people in 12 units, the same at every start. */
import type { LocalDate } from '../../../core/clock.ts';
import type { Identity, Role, RosterPerson, Unit } from '../../../core/people/person.ts';
import { slackWorkspace, teamsTenant } from '../story/agency.ts';
import { sampleName } from './names.ts';

/** The local chat refuses to deliver to this user. */
export const refusingUser = 'U0REFUSES';

type SampleUnit = Unit & {
  readonly size: number;
  readonly zone: string;
};

const wib = 'Asia/Jakarta';
const wita = 'Asia/Makassar';
const wit = 'Asia/Jayapura';

const unit = (
  [code, parent, levelLabel]: readonly [string, string | null, string],
  name: string,
  { size, zone }: { readonly size: number; readonly zone: string },
): SampleUnit => ({ code, parent, levelLabel, name, size, zone });

/**
 * Sizes are people directly in the unit. Most are 18 to 26, so that with two in three answering they stay
 * visible; the unit of 3 never shows, and its neighbour of 12 is what hides beside it.
 */
const units: readonly SampleUnit[] = [
  unit(['KC', null, 'Kementerian'], 'Kementerian Contoh', { size: 18, zone: wib }),
  unit(['SJ', 'KC', 'Sekretariat'], 'Sekretariat Jenderal', { size: 24, zone: wib }),
  unit(['DL', 'KC', 'Direktorat'], 'Direktorat Layanan Contoh', { size: 20, zone: wib }),
  unit(['DW', 'KC', 'Direktorat'], 'Direktorat Wilayah Contoh', { size: 20, zone: wita }),
  unit(['SJ-SDM', 'SJ', 'Biro'], 'Biro Sumber Daya Manusia', { size: 26, zone: wib }),
  unit(['SJ-HUK', 'SJ', 'Biro'], 'Biro Hukum dan Organisasi', { size: 24, zone: wib }),
  unit(['SJ-DAT', 'SJ', 'Pusat'], 'Pusat Data dan Informasi', { size: 25, zone: wib }),
  unit(['DL-PER', 'DL', 'Subdirektorat'], 'Subdirektorat Perizinan', { size: 22, zone: wib }),
  unit(['DL-INO', 'DL', 'Tim kerja'], 'Tim Kerja Inovasi Layanan', { size: 3, zone: wib }),
  unit(['DL-MUT', 'DL', 'Subdirektorat'], 'Subdirektorat Mutu Layanan', { size: 12, zone: wib }),
  unit(['DW-TGH', 'DW', 'Kantor wilayah'], 'Kantor Wilayah Tengah', { size: 22, zone: wita }),
  unit(['DW-TMR', 'DW', 'Kantor wilayah'], 'Kantor Wilayah Timur', { size: 24, zone: wit }),
];

/** The units, parents before children. */
export const sampleUnits: readonly Unit[] = units.map(({ code, parent, name, levelLabel }) => ({
  code,
  parent,
  name,
  levelLabel,
}));

/** The code of the unit of exactly 3 people, whose figures must never show. */
export const smallestUnit = 'DL-INO';

/** Employee keys of the people whom the demonstration and its tests name. */
export const sampleKeys = {
  /** First on Slack, first on Teams, both plain staff. */
  slackStaff: 'KC-0020',
  teamsStaff: 'KC-0021',
  /** Staff in WIT. */
  eastStaff: 'KC-0220',
  /** Leader of the ministry and of a directorate. */
  minister: 'KC-0001',
  director: 'KC-0043',
  hr: ['KC-0084', 'KC-0085'],
  operator: 'KC-0134',
  stopped: 'KC-0030',
  paused: 'KC-0050',
  onLeave: 'KC-0070',
  left: 'KC-0090',
  refusing: 'KC-0100',
  /** On both chats, Teams preferred by the roster. */
  prefersTeams: 'KC-0140',
  onBoth: ['KC-0010', 'KC-0060', 'KC-0110', 'KC-0140', 'KC-0180', 'KC-0230'],
} as const;

export type SampleOptions = {
  /** Days off of the one person on leave, both inclusive. */
  readonly leave: { readonly from: LocalDate; readonly to: LocalDate };
};

/** The people, as the roster file would give them. */
export const samplePeople = ({ leave }: SampleOptions): readonly RosterPerson[] =>
  units
    .flatMap((home) => Array.from({ length: home.size }, (_, seat) => ({ home, seat })))
    .map(({ home, seat }, index): RosterPerson => {
      const number = index + 1;
      const employeeKey = `KC-${String(number).padStart(4, '0')}`;
      const name = sampleName(index);
      return {
        employeeKey,
        name,
        email: `${name.toLowerCase().replace(' ', '.')}@contoh.example`,
        unit: home.code,
        timeZone: home.zone,
        workPattern: 'five-day',
        roles: rolesOf(employeeKey, seat === 0),
        // Every twelfth reads English, so that both languages are seen.
        language: number % 12 === 0 ? 'en' : 'id',
        gradeBand: seat === 0 ? 'pimpinan' : 'pelaksana',
        identities: identitiesOf(employeeKey, number),
        preferredChat: employeeKey === sampleKeys.prefersTeams ? 'teams' : null,
        leave: employeeKey === sampleKeys.onLeave ? leave : null,
        status: employeeKey === sampleKeys.left ? 'left' : 'active',
      };
    });

const rolesOf = (key: string, leads: boolean): readonly Role[] => [
  'staff',
  ...(leads ? (['leader'] as const) : []),
  ...(sampleKeys.hr.some((one) => one === key) ? (['hr'] as const) : []),
  ...(key === sampleKeys.operator ? (['operator'] as const) : []),
];

/** Even numbers are on Slack, odd ones on Teams, six people on both. */
const identitiesOf = (key: string, number: number): readonly Identity[] => {
  const digits = String(number).padStart(4, '0');
  const onSlack = key === sampleKeys.refusing ? refusingUser : `U0CONTOH${digits}`;
  const slack = { platform: 'slack', workspaceId: slackWorkspace, userId: onSlack } as const;
  const userId = `c0a70c0a-0000-4000-9000-00000000${digits}`;
  const teams = { platform: 'teams', workspaceId: teamsTenant, userId } as const;
  if (sampleKeys.onBoth.some((one) => one === key)) return [slack, teams];
  return number % 2 === 0 ? [slack] : [teams];
};
