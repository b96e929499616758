/** The end of a week: what must hold once everything has run out, and the figures of the seed. */
import { sql } from 'kysely';
import { isRecall } from '../../../core/delivery/amendment.ts';
import type { Database } from '../../../core/store/database.ts';
import type { Accepted, Platforms } from '../network/platform.ts';
import type { Mirror, Row } from '../store/mirror.ts';
import { nameOf } from '../store/mirror.ts';
import type { Fault, FaultKind, Witness } from './witness.ts';

export type Figures = {
  readonly accepted: number;
  readonly rows: number;
  readonly lost: number;
  readonly duplicates: number;
  readonly outsideWindow: number;
  readonly unconfirmed: number;
  /** Requests and intents of which nobody on our side could know what became of them. */
  readonly doubted: number;
  /** Second copies of streams that had better be doubled than missed; only where nothing tells what became of the first. */
  readonly repeated: number;
  readonly lookUps: number;
};

type Parts = {
  readonly admin: Database;
  readonly witness: Witness;
  readonly mirror: Mirror;
  readonly platforms: Platforms;
  readonly recalled: string;
};

/** Holds the end against the promises and counts. */
export const judgeEnd = async (parts: Parts): Promise<Figures> => {
  const { witness, mirror, platforms } = parts;
  for (const name of mirror.open) {
    const row = mirror.rows.get(name);
    witness.accuse('unended', `${name} is ${row?.state} (${row?.reason})`);
  }
  for (const row of mirror.rows.values()) judgeRow(row, witness);
  judgeOnce(witness);
  await judgeMarks(parts);
  judgeRecalls(parts);
  const count = (what: FaultKind): number => faultsOf(witness.faults, what).length;
  return {
    accepted: platforms.messages.length,
    rows: mirror.rows.size,
    lost: count('lost') + count('unended'),
    duplicates: count('duplicate'),
    outsideWindow: count('outside-window'),
    unconfirmed: [...mirror.rows.values()].filter(({ state }) => state === 'unconfirmed').length,
    doubted: witness.doubted.size,
    repeated: witness.repeated(),
    lookUps: platforms.lookUps(),
  };
};

const faultsOf = (faults: readonly Fault[], what: FaultKind): readonly Fault[] =>
  faults.filter((fault) => fault.what === what);

const judgeRow = (row: Row, { accuse, copies, doubted }: Witness): void => {
  const name = nameOf(row);
  const arrived = (copies.get(name) ?? []).length;
  if (isRecall(row.stream)) return;
  if (row.state === 'sent' && arrived === 0) accuse('lost', `${name} is sent and never arrived`);
  const untold = ['skipped', 'expired', 'unreachable'].includes(row.state);
  if (untold && arrived > 0)
    accuse('misreported', `${name} arrived and is ${row.state} (${row.reason})`);
  if (row.state === 'unconfirmed' && !doubted.has(name))
    accuse('over-confirmed', `${name} is unconfirmed and nothing of it was in doubt`);
};

/** A welcome comes once a person, whatever its day. */
const judgeOnce = ({ copies, accuse }: Witness): void => {
  const days = new Map<string, string[]>();
  for (const name of copies.keys()) {
    const [person = '', stream = ''] = name.split('/');
    if (stream === 'welcome') days.set(person, [...(days.get(person) ?? []), name]);
  }
  for (const names of days.values())
    if (names.length > 1) accuse('duplicate', `welcomed on two days: ${names.join(', ')}`);
};

/** Whatever is reported as sent has left its marks: who was welcomed, who saw what. */
const judgeMarks = async ({ admin, mirror, witness }: Parts): Promise<void> => {
  const { rows } = await sql<{ name: string }>`
    SELECT concat_ws('/', person_id, item) AS name FROM seen`.execute(admin);
  const seen = new Set(rows.map(({ name }) => name));
  for (const row of mirror.rows.values()) {
    if (row.state !== 'sent' || isRecall(row.stream)) continue;
    const item = row.item.split('@')[0] ?? '';
    if (!seen.has(`${row.personId}/${item}`))
      witness.accuse('unrecorded', `${nameOf(row)} not seen`);
    const welcomed = witness.moment().people.get(row.personId)?.welcomed ?? true;
    if (row.stream === 'welcome' && !welcomed)
      witness.accuse('unrecorded', `${nameOf(row)} not welcomed`);
  }
};

/** Every message of the recalled item was replaced, or a row says why not. */
const judgeRecalls = ({ mirror, witness, recalled }: Parts): void => {
  for (const [name, copies] of witness.copies) {
    const row = mirror.rows.get(name);
    if (row?.state !== 'sent' || row.item.split('@')[0] !== recalled) continue;
    const recall = [...mirror.rows.values()].find(
      (one) => one.personId === row.personId && one.stream === `recall/${recalled}`,
    );
    const replaced = copies.some((copy: Accepted) => copy.updates > 0);
    if (!replaced && (recall === undefined || recall.state === 'sent'))
      witness.accuse('lost', `${name} was recalled and still stands`);
  }
};
