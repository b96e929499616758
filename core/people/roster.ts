/** The roster file: one line a person. `docs/roster.md` explains the columns to the person who exports them. */
import { workPatterns } from '../calendar/work-pattern.ts';
import { isDate } from '../calendar/zone.ts';
import { isZone } from '../calendar/zone-name.ts';
import { ContentError, type Fault } from '../errors.ts';
import { languages } from '../language.ts';
import { type Platform, platforms } from '../ports.ts';
import { type Identity, type Role, type RosterPerson, roles, type Unit } from './person.ts';
import { duplicates, type Row, readTable, type TextFile } from './table.ts';

/** Columns that must stand in the header; most cells may be empty. */
export const rosterColumns = [
  'employee_key',
  'name',
  'email',
  'unit',
  'time_zone',
  'work_pattern',
  'roles',
  'language',
  'grade_band',
  'slack_workspace',
  'slack_user',
  'teams_tenant',
  'teams_user',
  'leave_from',
  'leave_to',
  'status',
] as const;
/** Where the one copy goes for a person on two platforms. */
const optionalColumns = ['preferred_chat'] as const;
type Column = (typeof rosterColumns)[number] | (typeof optionalColumns)[number];
type RosterRow = Row<Column>;

const chatColumns: Readonly<Record<Platform, readonly [workspace: Column, user: Column]>> = {
  slack: ['slack_workspace', 'slack_user'],
  teams: ['teams_tenant', 'teams_user'],
};

/** Indonesian names of the home zones, accepted beside IANA names. */
export const zoneNames: Readonly<Record<string, string>> = {
  WIB: 'Asia/Jakarta',
  WITA: 'Asia/Makassar',
  WIT: 'Asia/Jayapura',
};

const statuses = ['active', 'left'] as const;

/** Reads every person of the file; throws a ContentError with every fault and its line. */
export const readRoster = (
  source: TextFile,
  units: readonly Pick<Unit, 'code'>[],
): readonly RosterPerson[] => {
  const columns = { required: rosterColumns, optional: optionalColumns };
  const { rows, faults } = readTable<Column>(source, columns);
  const codes = new Set(units.map(({ code }) => code));
  const all = [
    ...faults,
    ...duplicates(source.file, rows, {
      what: 'employee key',
      of: (row) => row.cell('employee_key').normalize('NFC'),
    }),
    ...platforms.flatMap((platform) =>
      duplicates(source.file, rows, {
        what: `${platform} user`,
        of: (row) => identityOf(row, platform)?.join(' ') ?? '',
      }),
    ),
    ...rows.flatMap((row) => rowFaults(row, codes).map((fault) => ({ ...fault, ...at(row) }))),
  ];
  if (all.length > 0)
    throw new ContentError(
      all.map((fault) => ({ ...fault, file: source.file })).sort((a, b) => a.line - b.line),
    );
  return rows.map(personOf);
};

type Problem = Omit<Fault, 'file' | 'line'>;

const at = ({ line }: RosterRow): { readonly file: string; readonly line: number } => ({
  file: '',
  line,
});

const rowFaults = (row: RosterRow, codes: ReadonlySet<string>): readonly Problem[] => {
  const zone = zoneOf(row);
  const email = row.cell('email');
  return [
    ...keyFaults(row.cell('employee_key')),
    ...unless(row.cell('name') !== '', { what: 'name is empty' }),
    ...unless(email === '' || /^[^\s@]+@[^\s@]+$/.test(email), {
      what: 'not an e-mail address',
      found: email,
    }),
    ...unless(codes.has(row.cell('unit')), {
      what: 'unknown unit',
      found: row.cell('unit'),
      allowed: 'the code of a unit',
    }),
    ...unless(isZone(zone), {
      what: 'unknown time zone',
      found: zone,
      allowed: 'WIB, WITA, WIT or an IANA name such as Asia/Jakarta',
    }),
    ...oneOf(row, 'work_pattern', Object.keys(workPatterns)),
    ...oneOf(row, 'language', languages),
    ...oneOf(row, 'status', statuses),
    ...oneOf(row, 'preferred_chat', platforms),
    ...unless(/^([a-z0-9-]+)?$/.test(row.cell('grade_band')), {
      what: 'wrong grade_band',
      found: row.cell('grade_band'),
      allowed: 'lower-case letters, digits and hyphens',
    }),
    ...roleWords(row)
      .filter((word) => !roles.some((role) => role === word))
      .map((found) => ({ what: 'unknown role', found, allowed: roles.join(', ') })),
    ...platforms.flatMap((platform) => identityFaults(row, platform)),
    ...leaveFaults(row),
  ];
};

/** A spreadsheet turns an 18-digit number into 1,98E+17: the digits are lost, so it must not become a key. */
const keyFaults = (key: string): readonly Problem[] => [
  ...unless(key !== '', { what: 'employee_key is empty' }),
  ...unless(!/^\d+([.,]\d+)?E\+?\d+$/i.test(key), {
    what: 'employee_key was rounded by a spreadsheet',
    found: key,
    allowed: 'the full key, its column formatted as text',
  }),
];

const identityFaults = (row: RosterRow, platform: Platform): readonly Problem[] => {
  const [workspace, user] = chatColumns[platform];
  const both = (row.cell(workspace) === '') === (row.cell(user) === '');
  return unless(both, { what: `${workspace} and ${user} go together: one of them is empty` });
};

/** What stands in `leave_to` while nobody knows the end, e.g. of tugas belajar, and the day that stands for it. */
const openEnd = { word: 'open', day: '9999-12-31' } as const;

const leaveEnd = (row: RosterRow): string => {
  const told = row.cell('leave_to');
  return told === openEnd.word ? openEnd.day : told;
};

const leaveFaults = (row: RosterRow): readonly Problem[] => {
  const [from, to] = [row.cell('leave_from'), leaveEnd(row)];
  if (from === '' && to === '') return [];
  const wrong = (['leave_from', 'leave_to'] as const)
    .filter((name) => !isDate(name === 'leave_to' ? to : from))
    .map((name) => ({
      what: `wrong ${name}`,
      found: row.cell(name),
      allowed: `a date YYYY-MM-DD, as leave_to also ${openEnd.word}; both days or neither`,
    }));
  if (wrong.length > 0) return wrong;
  return unless(from <= to, { what: 'leave ends before it begins', found: `${from} to ${to}` });
};

const oneOf = (row: RosterRow, name: Column, allowed: readonly string[]): readonly Problem[] => {
  const found = row.cell(name);
  const words = `${allowed.join(', ')}, or nothing`;
  return unless(found === '' || allowed.includes(found), {
    what: `unknown ${name}`,
    found,
    allowed: words,
  });
};

const unless = (good: boolean, problem: Problem): readonly Problem[] => (good ? [] : [problem]);

const zoneOf = (row: RosterRow): string => {
  const told = row.cell('time_zone');
  return zoneNames[told.toUpperCase()] ?? told;
};

/** Roles stand in one cell, apart by a space or any sign that is not the file's separator. */
const roleWords = (row: RosterRow): readonly string[] =>
  row
    .cell('roles')
    .toLowerCase()
    .split(/[\s,;|+]+/)
    .filter((word) => word !== '');

const identityOf = (row: RosterRow, platform: Platform): readonly [string, string] | null => {
  const [workspace, user] = chatColumns[platform];
  return row.cell(user) === '' ? null : [row.cell(workspace), row.cell(user)];
};

const personOf = (row: RosterRow): RosterPerson => {
  const named: readonly Role[] = roles.filter((role) => roleWords(row).includes(role));
  const from = row.cell('leave_from');
  return {
    employeeKey: row.cell('employee_key').normalize('NFC'),
    name: row.cell('name').normalize('NFC'),
    email: row.cell('email') || null,
    unit: row.cell('unit'),
    timeZone: zoneOf(row),
    workPattern: row.cell('work_pattern') || 'five-day',
    roles: named.length > 0 ? named : ['staff'],
    language: languages.find((language) => language === row.cell('language')) ?? languages[0],
    gradeBand: row.cell('grade_band') || 'staff',
    identities: platforms.flatMap((platform): readonly Identity[] => {
      const [workspaceId, userId] = identityOf(row, platform) ?? [];
      return workspaceId === undefined || userId === undefined
        ? []
        : [{ platform, workspaceId, userId }];
    }),
    preferredChat: platforms.find((platform) => platform === row.cell('preferred_chat')) ?? null,
    leave: from === '' ? null : { from, to: leaveEnd(row) },
    status: statuses.find((status) => status === row.cell('status')) ?? 'active',
  };
};
