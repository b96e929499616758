/** The product's manifest, held against our own count of the same rows. */
import { foldRuns, lineOf, type Run } from '../../../core/delivery/manifest.ts';
import type { Database } from '../../../core/store/database.ts';
import { manifest } from '../../../core/store/runs/manifest.ts';
import type { Row } from '../store/mirror.ts';

/** What of the manifest is not as the rows are; nothing when it is true. */
export const countsAmiss = async (
  admin: Database,
  rows: ReadonlyMap<string, Row>,
): Promise<readonly string[]> => {
  const told = foldRuns(await manifest(admin, { from: '2026-01-01', to: '2027-12-31' }));
  const own = new Map<string, number>();
  for (const row of rows.values()) {
    const run = `${row.slot} ${row.stream}`;
    for (const name of [run, `${run} ${lineOfRow(row)}`]) own.set(name, (own.get(name) ?? 0) + 1);
  }
  const audience = told.reduce((sum, run) => sum + run.audience, 0);
  return [
    ...told.flatMap((run) => runAmiss(run, own)),
    ...(audience === rows.size ? [] : [`${audience} people of ${rows.size}`]),
  ];
};

type State = Parameters<typeof lineOf>[0];

/** A reminder waits or is settled, and nothing else is told of it. */
const lineOfRow = ({ stream, state }: Row): string => {
  const line = lineOf(state as State);
  if (stream !== 'pulse-reminder') return line;
  return line === 'pending' ? line : 'settled';
};

const runAmiss = (run: Run, own: ReadonlyMap<string, number>): readonly string[] => {
  const name = `${run.slot} ${run.stream}`;
  const wrong = Object.entries(run.lines)
    .filter(([line, { count }]) => (own.get(`${name} ${line}`) ?? 0) !== count)
    .map(([line, { count }]) => `${name}: ${count} ${line}`);
  return own.get(name) === run.audience ? wrong : [...wrong, `${name}: ${run.audience} people`];
};
