/** Recalls: an item withdrawn as wrong is replaced in every chat that shows it, in place and once. */

import { day, type LocalDate } from '../../../core/clock.ts';
import type { ChatMessage } from '../../../core/conversation/message.ts';
import { isRecall } from '../../../core/delivery/amendment.ts';
import { openDays } from '../../../core/delivery/streams.ts';
import { recallMessage } from '../../../core/learning/recall-message.ts';
import type { Chat, Outcome } from '../../../core/ports.ts';
import type { Database } from '../../../core/store/database.ts';
import {
  listOriginals,
  loadRecalls,
  type Original,
  planRecall,
} from '../../../core/store/outbox/amendments.ts';
import type { Claimed } from '../../../core/store/outbox/claims.ts';
import type { Lease } from '../../../core/store/outbox/lanes.ts';
import { ensurePartitions } from '../../../core/store/outbox/partitions.ts';
import type { Context } from '../context.ts';

/** Plans what every recall still has to replace; what was on its way when the recall came is found by a later run. */
export const planRecalls = async (db: Database, slot: LocalDate, now: Date): Promise<number> => {
  const items = await loadRecalls(db);
  if (items.size === 0) return 0;
  await ensurePartitions(db, [slot]);
  const expires = new Date(now.getTime() + openDays * day);
  let added = 0;
  for (const item of items) added += await planRecall(db, { item, slot, expires, now });
  return added;
};

/** Replaces one person's messages of a recalled item. */
export type Replace = (chat: Chat, row: Claimed) => Promise<Outcome>;

/** Finds the originals of a batch's recalls once, then replaces those of each row. */
export const recaller = async (
  { db, catalogue }: Context,
  lease: Lease,
  batch: readonly Claimed[],
): Promise<Replace> => {
  const recalls = batch.filter(({ stream }) => isRecall(stream));
  const originals = await listOriginals(db, {
    lane: lease.lane,
    people: recalls.map(({ personId }) => personId),
    items: [...new Set(recalls.map(({ item }) => item))],
  });
  return (chat, row) => {
    const theirs = originals.filter(
      ({ personId, item }) => personId === row.personId && item === row.item,
    );
    return replaceAll(chat, theirs, {
      row,
      message: recallMessage(catalogue, row.item, row.language),
    });
  };
};

/** Changing twice is harmless, so a doubt is simply tried again; one that cannot be changed keeps no other standing. */
const replaceAll = async (
  chat: Chat,
  originals: readonly Original[],
  { row, message }: { readonly row: Claimed; readonly message: ChatMessage },
): Promise<Outcome> => {
  let last: Outcome = { state: 'unreachable', reason: 'nothing-to-replace' };
  let lost: Outcome | null = null;
  for (const { ref, conversation } of originals) {
    const target = { address: { ...row.address, conversation }, ref };
    const changed = await chat.update(target, message);
    // What cannot be changed must not stand.
    const outcome =
      changed.state === 'unreachable' && chat.remove !== undefined
        ? await chat.remove(target)
        : changed;
    if (outcome.state === 'unknown')
      return { state: 'retry', reason: outcome.reason, afterSeconds: null };
    if (outcome.state === 'unreachable') lost = outcome;
    else if (outcome.state === 'sent') last = { ...outcome, conversation };
    else return outcome;
  }
  return lost ?? last;
};
