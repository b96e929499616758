/** How often each lesson and prompt has gone out, for the author's preview. */
import type { Database } from '../database.ts';

/** One item and the messages that carried it, whichever their person. */
export type SentItem = { readonly item: string; readonly sent: number };

/** Streams whose item is a lesson or a prompt. */
const itemStreams = ['lesson', 'lesson-later', 'leader'] as const;

/** Delivered messages by item; an item never sent is not among them. */
export const countSentItems = async (db: Database): Promise<readonly SentItem[]> =>
  db
    .selectFrom('outbox')
    .select(['item'])
    .select((select) => select.fn.countAll<number>().as('sent'))
    .where('state', '=', 'sent')
    .where('stream', 'in', [...itemStreams])
    .groupBy('item')
    .orderBy('item')
    .execute();
