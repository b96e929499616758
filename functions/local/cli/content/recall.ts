/** `langkah content recall`: an item that is wrong stops being sent, and is replaced where it was. */
import { localDate } from '../../../../core/calendar/work-time.ts';
import { ConfigError } from '../../../../core/errors.ts';
import { recordAudit } from '../../../../core/store/audit.ts';
import type { Database } from '../../../../core/store/database.ts';
import { addRecall, removeRecall, wasPlanned } from '../../../../core/store/outbox/amendments.ts';
import { readCatalogue } from '../../../app/files.ts';
import { planRecalls } from '../../../jobs/delivery/recall.ts';
import type { Shell } from '../shell.ts';
import { timeOf, withStore } from '../store.ts';

export type RecallOptions = {
  /** Why, for the audit log; readers are not told. */
  readonly reason?: string;
  readonly undo: boolean;
  readonly database?: string;
};

/** Recalls a lesson or prompt, or takes the recall back; both are audited, and saying either twice changes nothing. */
export const recallItem = async (
  shell: Shell,
  item: string,
  options: RecallOptions,
): Promise<void> => {
  if (!options.undo && !options.reason)
    throw new ConfigError('content recall: --reason is missing: why the item is withdrawn');
  await withStore(shell.env, options.database, async (db) => {
    await mustBeKnown(db, item);
    const now = await timeOf(db, shell);
    const act = options.undo ? 'content.recall-undone' : 'content.recalled';
    const changed = await db.transaction().execute(async (trx) => {
      const done = options.undo
        ? await removeRecall(trx, item)
        : await addRecall(trx, { item, reason: options.reason ?? '', at: now });
      const detail = { item, reason: options.reason ?? null };
      if (done) await recordAudit(trx, { at: now, actor: 'operator', act, detail });
      return done;
    });
    if (options.undo) {
      const kept = 'what was replaced stays replaced';
      return shell.print(changed ? `${item} goes out again; ${kept}` : `${item} was not recalled`);
    }
    const planned = await planRecalls(db, localDate('Asia/Jakarta', now), now);
    shell.print(`${item} is recalled: ${planned} people's messages are being replaced`);
  });
};

/** What was planned can be recalled whatever state the files are in: a wrong tip waits for nobody's unfinished edit. */
const mustBeKnown = async (db: Database, item: string): Promise<void> => {
  if (await wasPlanned(db, item)) return;
  const { lessons, prompts } = await readCatalogue();
  if (lessons.has(item) || prompts.has(item)) return;
  throw new ConfigError(`content recall: found "${item}", allowed the id of a lesson or prompt`);
};
