/** `langkah delivery show --people`: a run person by person; every look is in the audit log. */
import { lineOf } from '../../../core/delivery/manifest.ts';
import { recordAudit } from '../../../core/store/audit.ts';
import type { Database } from '../../../core/store/database.ts';
import { listRecipients, type Recipient } from '../../../core/store/runs/recipients.ts';
import type { Shell } from '../cli/shell.ts';
import { csvRecord } from './csv.ts';
import { type Asked, clockTime, inSnapshot, people } from './runs.ts';
import { type Target, writeSheet } from './sheet.ts';

/** Messages of people of one stream; `target` is null for the screen. */
type PeopleAsked = Asked & { readonly stream: string; readonly target: Target | null };

/** Rows read at a time. */
const page = 20_000;
/** People printed on the screen. */
const most = 50;

/** Lists the people of a stream on the screen or into a CSV. */
export const showPeople = async (
  shell: Shell,
  db: Database,
  { target, ...asked }: PeopleAsked,
): Promise<void> => {
  const note = (count: number): Promise<void> => {
    const { stream, from, to, now } = asked;
    const detail = { stream, from, to, people: count };
    return recordAudit(db, { at: now, actor: 'operator', act: 'delivery.people-shown', detail });
  };
  if (target === null) {
    const some = await listRecipients(db, { ...asked, most: most + 1, after: null });
    await note(Math.min(some.length, most));
    for (const row of some.slice(0, most)) shell.print(personLine(row, asked.now));
    if (some.length === 0) shell.print(`${asked.stream}: nobody`);
    if (some.length > most) shell.print('… and more; --csv writes all of them');
    return;
  }
  await writeSheet(shell, target, async (write) => {
    await write(csvRecord(columns));
    const count = await inSnapshot(db, (snapshot) => writeAll(snapshot, asked, write));
    await note(count);
    return people(count);
  });
};

const personLine = (row: Recipient, now: Date): string => {
  const why = row.reason === null ? '' : ` (${row.reason})`;
  return `${row.slot} ${row.name}, ${row.unit}: ${row.state}${why}, ${clockTime(row.changedAt ?? row.due, now)}`;
};

const columns = [
  'slot',
  'stream',
  'item',
  'name',
  'unit_code',
  'unit',
  'chat',
  'outcome',
  'state',
  'reason',
  'due',
  'changed',
];

const writeAll = async (
  db: Database,
  asked: Asked & { readonly stream: string },
  write: (text: string) => Promise<void>,
): Promise<number> => {
  let after: Recipient | null = null;
  let count = 0;
  for (;;) {
    const rows: readonly Recipient[] = await listRecipients(db, { ...asked, most: page, after });
    if (rows.length > 0) await write(rows.map(record).join(''));
    count += rows.length;
    after = rows.at(-1) ?? null;
    if (rows.length < page) return count;
  }
};

const record = (row: Recipient): string =>
  csvRecord([
    row.slot,
    row.stream,
    row.item,
    row.name,
    row.unitCode,
    row.unit,
    row.chat,
    lineOf(row.state),
    row.state,
    row.reason,
    row.due.toISOString(),
    row.changedAt?.toISOString() ?? null,
  ]);
