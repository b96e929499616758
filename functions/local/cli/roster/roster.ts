/** `langkah roster import FILE`. */
import { slackCapabilities } from '../../../../bot/slack/limits.ts';
import { teamsCapabilities } from '../../../../bot/teams/limits.ts';
import { isDate, localDate } from '../../../../core/calendar/zone.ts';
import { ConfigError } from '../../../../core/errors.ts';
import { keyRoster, type Unit } from '../../../../core/people/person.ts';
import {
  previewRoster,
  previewUnits,
  type RosterPreview,
  type UnitsPreview,
} from '../../../../core/people/preview.ts';
import { readRoster } from '../../../../core/people/roster.ts';
import { readUnits } from '../../../../core/people/units.ts';
import { requestPlan } from '../../../../core/store/outbox/replanning.ts';
import { requestReadings } from '../../../../core/store/people/directory.ts';
import { listPeople, listUnits } from '../../../../core/store/people/people.ts';
import { applyRoster } from '../../../../core/store/people/roster.ts';
import { refuseOtherKey } from '../../../../core/store/people/roster-key.ts';
import type { Shell } from '../shell.ts';
import { rosterKey, withStore } from '../store.ts';
import { readText } from '../text-file.ts';

export type ImportOptions = {
  readonly units?: string;
  readonly date?: string;
  readonly yes: boolean;
  readonly database?: string;
};

const pace = { slack: slackCapabilities, teams: teamsCapabilities };

/** People after whom a long import tells how far it is. */
const toldEvery = 50_000;

/** Names printed of each list. */
const most = 20;

/** Shows what the roster would change and, with `yes`, writes it in the same transaction. */
export const importRoster = async (
  shell: Shell,
  file: string,
  options: ImportOptions,
): Promise<void> => {
  const now = shell.now();
  const today = options.date ?? localDate('Asia/Jakarta', now);
  if (!isDate(today)) throw new ConfigError(`--date: found "${today}", allowed a date YYYY-MM-DD`);
  const source = await readText(file);
  const units = options.units === undefined ? [] : readUnits(await readText(options.units));
  const secret = await rosterKey(shell.env, options.database);
  await withStore(shell.env, options.database, (db) =>
    db.transaction().execute(async (trx) => {
      const known = await listUnits(trx);
      const people = readRoster(source, [...known, ...units]);
      const roster = keyRoster({ units, people }, secret);
      await refuseOtherKey(trx, roster);
      if (units.length > 0) tell(shell, unitLines(previewUnits(known, units)));
      tell(shell, peopleLines(previewRoster(await listPeople(trx), roster.people)));
      if (!options.yes) return shell.print('nothing was written; add --yes to apply');
      const onWritten = (written: number): void => {
        if (written % toldEvery === 0) shell.print(`written: ${written} of ${people.length}`);
      };
      await applyRoster(trx, roster, { now, today, pace, onWritten });
      await requestPlan(trx);
      await requestReadings(trx, now);
      shell.print(`applied: ${people.length} people`);
    }),
  );
};

const unitLines = ({ added, changed, absent }: UnitsPreview): readonly string[] => {
  const told = ({ code, name }: Unit): string => `${code} ${name}`;
  return [
    ...section('new units', added.map(told)),
    ...section('changed units', changed.map(told)),
    ...section('units not in the file (kept)', absent.map(told)),
  ];
};

const peopleLines = (preview: RosterPreview): readonly string[] => [
  ...section(
    'joiners',
    preview.joiners.map(({ name, unit }) => `${name}, ${unit}`),
  ),
  ...section(
    'movers',
    preview.movers.map(({ person, from, to }) => `${person.name}, ${from} → ${to}`),
  ),
  ...section(
    'leavers',
    preview.leavers.map(({ name, unit }) => `${name}, ${unit}`),
  ),
  ...section(
    'changed',
    preview.changed.map(({ person, fields }) => `${person.name}: ${fields.join(', ')}`),
  ),
  ...section(
    'not in the file (kept)',
    preview.absent.map(({ name, unit }) => `${name}, ${unit}`),
  ),
  ...section(
    'without a chat identity',
    preview.unmatched.map(({ name, unit }) => `${name}, ${unit}`),
  ),
];

const section = (title: string, entries: readonly string[]): readonly string[] => [
  `${title}: ${entries.length}`,
  ...entries.slice(0, most).map((entry) => `  ${entry}`),
  ...(entries.length > most ? [`  … and ${entries.length - most} more`] : []),
];

const tell = (shell: Shell, lines: readonly string[]): void => {
  for (const line of lines) shell.print(line);
};
