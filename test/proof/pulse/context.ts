/** What a close works with and nothing more: no chat, no queue, a clock that stands. */
import type { Secrets } from '../../../core/ports.ts';
import type { Database } from '../../../core/store/database.ts';
import { readCatalogue } from '../../../functions/app/files.ts';
import { once } from '../../../functions/app/once.ts';
import type { Context } from '../../../functions/jobs/context.ts';
import { sampleAgency } from '../../../functions/local/story/agency.ts';

const catalogue = once(() => readCatalogue());
const silent = (): void => undefined;

export const contextOver = async (db: Database, now: Date, secrets: Secrets): Promise<Context> => ({
  db,
  catalogue: await catalogue(),
  chats: new Map(),
  secrets,
  clock: { now: () => now, sleep: async () => undefined },
  log: { info: silent, warn: silent, error: silent },
  agency: sampleAgency,
  ticketKey: 'kunci-tiket-untuk-uji-penutupan-survei',
  holder: 'uji-penutupan',
});
