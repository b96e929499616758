/** `langkah delivery show`: the manifest of some days, as a table or CSV, and when the rest will have gone. */
import { isRecall } from '../../../core/delivery/amendment.ts';
import { aboutTime, expectFinish } from '../../../core/delivery/finish.ts';
import {
  foldRuns,
  lineNames,
  lineOf,
  type ManifestRow,
  type Run,
  toldByPerson,
} from '../../../core/delivery/manifest.ts';
import { isStream, type Stream } from '../../../core/delivery/streams.ts';
import { ConfigError } from '../../../core/errors.ts';
import type { Database } from '../../../core/store/database.ts';
import { listCancellations } from '../../../core/store/runs/campaign.ts';
import { manifest } from '../../../core/store/runs/manifest.ts';
import { type Backlog, listBacklogs } from '../../../core/store/runs/recipients.ts';
import type { Shell } from '../cli/shell.ts';
import { timeOf, withStore } from '../cli/store.ts';
import { csvRecord } from './csv.ts';
import { showPeople } from './people.ts';
import {
  type Asked,
  agencyDate,
  campaignName,
  clockTime,
  inSnapshot,
  people,
  readDate,
  readStream,
} from './runs.ts';
import { type Target, writeSheet } from './sheet.ts';

export type ShowOptions = {
  readonly stream?: string;
  readonly from?: string;
  readonly to?: string;
  /** A file, or `-` for standard output. */
  readonly csv?: string;
  readonly bom: boolean;
  readonly people: boolean;
  readonly database?: string;
};

/** Shows the manifest; everything is read in one snapshot. */
export const showRuns = async (shell: Shell, options: ShowOptions): Promise<void> => {
  const stream = options.stream === undefined ? null : shownStream(options.stream);
  const target = options.csv === undefined ? null : { file: options.csv, bom: options.bom };
  if (options.bom && target === null) throw new ConfigError('--bom: goes with --csv only');
  const told = options.people ? streamOfPeople(stream) : null;
  await withStore(shell.env, options.database, async (db) => {
    const now = await timeOf(db, shell);
    const asked = { stream, ...readSpan(options, now), now };
    if (told !== null) return showPeople(shell, db, { ...asked, stream: told, target });
    await inSnapshot(db, (snapshot) =>
      target === null
        ? showTable(shell, snapshot, asked)
        : writeCounts(shell, snapshot, { ...asked, target }),
    );
  });
};

const readSpan = (options: ShowOptions, now: Date): Pick<Asked, 'from' | 'to'> => {
  const from = readDate('--from', options.from ?? agencyDate(now));
  const to = readDate('--to', options.to ?? from);
  if (to < from)
    throw new ConfigError(`--to: found "${to}", allowed a date that is not before ${from}`);
  return { from, to };
};

const shownStream = (text: string): string =>
  isRecall(text) ? text : readStream(text, (stream): stream is Stream => isStream(stream));

const streamOfPeople = (stream: string | null): string => {
  if (stream === null)
    throw new ConfigError('--people: needs --stream: people are told one stream at a time');
  if (!toldByPerson(stream))
    throw new ConfigError(
      `--people: refused for ${stream}: who was invited or reminded, and when, could tell who answered; without --people its counts are shown`,
    );
  return stream;
};

const askedFor = ({ stream, ...span }: Asked) => ({ ...span, stream: stream ?? undefined });

const showTable = async (shell: Shell, db: Database, wish: Asked): Promise<void> => {
  const runs = foldRuns(await manifest(db, askedFor(wish)));
  const span = wish.from === wish.to ? wish.from : `${wish.from} to ${wish.to}`;
  if (runs.length === 0)
    return shell.print(`${wish.stream ?? 'messages'} ${span}: nothing is planned`);
  for (const line of table(runs)) shell.print(line);
  for (const line of await cancelledLines(db, wish)) shell.print(line);
  for (const lane of await listBacklogs(db, wish))
    for (const line of finishLines(lane, wish.now)) shell.print(line);
};

const cancelledLines = async (db: Database, wish: Asked): Promise<readonly string[]> =>
  (await listCancellations(db))
    .filter(({ slot }) => wish.from <= slot && slot <= wish.to)
    .filter(({ stream }) => wish.stream === null || stream === wish.stream)
    .map((one) => `cancelled: ${campaignName(one)} (${one.reason})`);

/** One line a run, and below it what its lines are made of. */
const table = (runs: readonly Run[]): readonly string[] => {
  const head = ['slot', 'stream', 'people', ...lineNames];
  const cells = runs.map(({ slot, stream, audience, lines }) => [
    slot,
    stream,
    ...[audience, ...lineNames.map((name) => lines[name].count)].map(String),
  ]);
  const widths = head.map((name, at) =>
    Math.max(name.length, ...cells.map((row) => row[at]?.length ?? 0)),
  );
  const pad = (row: readonly string[]): string =>
    row
      .map((cell, at) => (at < 2 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
      .join('  ')
      .trimEnd();
  return [pad(head), ...runs.flatMap((run, at) => [pad(cells[at] ?? []), ...whyLines(run)])];
};

const whyLines = ({ lines }: Run): readonly string[] =>
  lineNames.flatMap((name) => {
    const { parts } = lines[name];
    if (parts.length === 0) return [];
    return [`  ${name}: ${parts.map(({ name: part, count }) => `${part} ${count}`).join(', ')}`];
  });

const finishLines = (lane: Backlog, now: Date): readonly string[] => {
  const name = `${lane.platform} ${lane.workspaceId}`;
  const waiting = lane.waiting.reduce((sum, { asked }) => sum + asked, 0);
  if (lane.pausedReason !== null)
    return [`${name}: ${waiting} wait, and the lane is paused: ${lane.pausedReason}`];
  const { at, late, missed } = expectFinish(lane, lane.waiting, now);
  const time = aboutTime(at.getTime() - now.getTime());
  const rate = Number(lane.rate.toPrecision(3));
  const told = `${name}: ${waiting} to go at ${rate} a second, ${time}, until ${clockTime(at, now)}`;
  if (missed === null) return [told];
  const ends = `the first of these windows ends at ${clockTime(missed, now)}`;
  return [told, `  warning: ${people(late)} would not be reached in time; ${ends}`];
};

const countColumns = ['slot', 'stream', 'outcome', 'state', 'reason', 'people', 'audience'];

const writeCounts = async (
  shell: Shell,
  db: Database,
  { target, ...asked }: Asked & { readonly target: Target },
): Promise<void> => {
  const rows = await manifest(db, askedFor(asked));
  // Folded for its proof that every run adds up.
  foldRuns(rows);
  const record = ({ slot, stream, state, reason, count, audience }: ManifestRow): string =>
    csvRecord([slot, stream, lineOf(state), state, reason, count, audience]);
  await writeSheet(shell, target, async (write) => {
    await write([csvRecord(countColumns), ...rows.map(record)].join(''));
    return `${rows.length} lines`;
  });
};
