/** The manifest of a run: every person of its audience stands in exactly one line. */
import type { LocalDate } from '../clock.ts';
import { isStream, streams } from './streams.ts';

/** The lines of a manifest and the states of the outbox that each of them counts. */
const lines = {
  sent: ['sent'],
  unconfirmed: ['unconfirmed'],
  skipped: ['skipped'],
  expired: ['expired'],
  unreachable: ['unreachable'],
  pending: ['planned', 'retry', 'sending', 'unknown'],
  settled: ['settled'],
} as const;

/** A line of the manifest; `settled` is the one of survey reminders that are over. */
export type Line = keyof typeof lines;
type State = (typeof lines)[Line][number];

/** The lines in the order in which they are told. */
export const lineNames = Object.keys(lines) as readonly Line[];

/** Rows of a run in one state for one reason; `audience` is everybody of that run, counted in the same instant. */
export type ManifestRow = {
  readonly stream: string;
  readonly slot: LocalDate;
  readonly state: State;
  readonly reason: string | null;
  readonly count: number;
  readonly audience: number;
};

/** What a line is made of: states where it is pending, else reasons. */
type Part = { readonly name: string; readonly count: number };

/** One stream on one date. */
export type Run = {
  readonly stream: string;
  readonly slot: LocalDate;
  readonly audience: number;
  readonly lines: Readonly<
    Record<Line, { readonly count: number; readonly parts: readonly Part[] }>
  >;
};

const lineOfState = new Map<string, Line>(
  lineNames.flatMap((line) => lines[line].map((state): [string, Line] => [state, line])),
);

/** The line that counts a state. */
export const lineOf = (state: State): Line => {
  const line = lineOfState.get(state);
  if (line === undefined) throw new Error(`no line of the manifest counts the state "${state}"`);
  return line;
};

/** Folds the counts into runs, in the order they came; a run whose lines do not add up to its audience is a bug. */
export const foldRuns = (rows: readonly ManifestRow[]): readonly Run[] => {
  const groups = new Map<string, ManifestRow[]>();
  for (const row of rows) {
    const key = `${row.slot} ${row.stream}`;
    const group = groups.get(key) ?? [];
    group.push(row);
    groups.set(key, group);
  }
  return [...groups.values()].map(foldRun);
};

const foldRun = (rows: readonly ManifestRow[]): Run => {
  const { stream = '', slot = '', audience = 0 } = rows[0] ?? {};
  const line = (name: Line) => {
    const own = rows.filter(({ state }) => lineOf(state) === name);
    const count = own.reduce((sum, row) => sum + row.count, 0);
    return { count, parts: own.flatMap(part) };
  };
  const folded: Run['lines'] = {
    sent: line('sent'),
    unconfirmed: line('unconfirmed'),
    skipped: line('skipped'),
    expired: line('expired'),
    unreachable: line('unreachable'),
    pending: line('pending'),
    settled: line('settled'),
  };
  const sum = lineNames.reduce((total, name) => total + folded[name].count, 0);
  if (sum !== audience)
    throw new Error(`the manifest of ${stream} ${slot} has ${sum} people of ${audience}`);
  return { stream, slot, audience, lines: folded };
};

const part = ({ state, reason, count }: ManifestRow): readonly Part[] => {
  if (lineOf(state) === 'pending') return [{ name: state, count }];
  return state === 'sent' || reason === null ? [] : [{ name: reason, count }];
};

/**
 * Whether a stream may be told person by person. A list of the invited or reminded beside their states would be a
 * list of who kept silent (docs/decisions/0010-reminders-tell-nobody.md).
 */
export const toldByPerson = (stream: string): boolean =>
  !isStream(stream) || streams[stream].class !== 'survey';
