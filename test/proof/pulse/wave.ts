/** A wave in which everybody answers through the chat's own door, each with an answer sheet and a comment of their own. */
import { appendFile, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Database } from '../../../core/store/database.ts';
import { findWave } from '../../../core/store/pulse/waves.ts';
import type { Inbox } from '../../../functions/app/queue/inbox.ts';
import { tick } from '../../../functions/jobs/tick.ts';
import type { Host } from '../../../functions/local/host.ts';
import { userOf } from './agency.ts';
import type { Office } from './office.ts';

export const wave = 'w1';
const opens = ['00', '01', '02', '03'].map((hour) => `2026-10-12T${hour}:00:00Z`);
export const counted = '2026-10-23T10:15:00Z';

/** What a comment of the proof begins with: of letters alone, so that nothing is scrubbed from it. */
export const canary = 'kanari';

/** The comment of a person; letters for digits, for a long number would be taken out. */
export const commentOf = (id: number): string =>
  `${canary}${[...String(id)].map((digit) => 'qwrtpsdfgh'[Number(digit)]).join('')} `
    .repeat(
      // Of different lengths: boxes must not tell them apart.
      1 + (id % 20),
    )
    .trim();

/** No two of 500 people answer alike. */
export const answersOf = (id: number, items: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    items.map((item, at) => [item, String(1 + (Math.floor((id * 7_919) / 5 ** at) % 5))]),
  );

/** Launches the wave and lets the invitations go. */
export const invite = async ({ host }: Pick<Office, 'host'>): Promise<void> => {
  for (const at of opens) {
    host.clock.moveTo(new Date(at));
    await tick(host.context);
  }
};

/** People by the time at which they answered. */
export type Arrivals = readonly number[];

/** Everybody answers, a minute after one another, in an order of their own. */
export const answerAll = async ({ host, db }: Office, people: number): Promise<Arrivals> => {
  const order = Array.from({ length: people }, (_, at) => 1 + ((at * 211) % people));
  for (const [at, id] of order.entries()) {
    host.clock.moveTo(new Date(Date.parse('2026-10-12T04:00:00Z') + at * 60_000));
    await answerOne(host, db, id);
  }
  return order;
};

/** One person answers through the chat's door; returns when the door has said that it took the answers. */
export const answerOne = async (host: Host, db: Database, id: number): Promise<void> => {
  const userId = userOf(id);
  const message = host.messages().findLast((one) => one.userId === userId);
  const actor = host.actors.get('slack');
  if (message === undefined || actor === undefined) throw new Error(`${id} was not invited`);
  const { items } = (await findWave(db, wave)) ?? { items: [] };
  const answers = answersOf(id, items);
  const { error } = await actor.answerPulse({ userId, message, answers, comment: commentOf(id) });
  if (error !== undefined) throw new Error(error);
};

/** Nothing can be handled for a while: what waits becomes dead letters, which the operator puts back later. */
export const failAll = async ({ queue, home }: Office): Promise<() => Promise<void>> => {
  const fail = () => Promise.reject(new Error('the store is away'));
  const inbox: Inbox = { handle: fail, isBallot: () => true, takeBallots: fail };
  await queue.drain(inbox);
  const dead = join(home, 'queue.jsonl.dead');
  return async () => {
    const lines = (await readFile(dead, 'utf8')).split('\n').filter((line) => line !== '');
    await rm(dead);
    for (const line of lines) await queue.put(line);
    await appendFile(join(home, 'redriven.txt'), `${lines.length}\n`);
  };
};
