/** What can happen to a crowd's messages, and what must be true after each of it. */
import { sql } from 'kysely';
import { expect } from 'vitest';
import { minute } from '../../../../core/clock.ts';
import { type Campaign, cancelledBy } from '../../../../core/delivery/cancellation.ts';
import { foldRuns } from '../../../../core/delivery/manifest.ts';
import { resendPlaces } from '../../../../core/delivery/resend.ts';
import type { Database } from '../../../../core/store/database.ts';
import { settle } from '../../../../core/store/outbox/outbox.ts';
import { cancelCampaign, uncancelCampaign } from '../../../../core/store/runs/campaign.ts';
import { manifest } from '../../../../core/store/runs/manifest.ts';
import { listUnreachedRhythms, resend } from '../../../../core/store/runs/resending.ts';
import {
  audienceOf,
  type Batch,
  type CrowdRun,
  calendar,
  claim,
  nameOf,
  planRun,
  settlementOf,
} from '../outbox/crowd.ts';

/** What one POST came to, as the platform and the sender see it. */
export const answers = [
  'sent',
  'retry',
  'unreachable',
  'lost',
  'arrived-lost',
  'crash',
  'arrived-crash',
] as const;
type Answer = (typeof answers)[number];

/** One thing that happens. */
export type Event =
  | { readonly act: 'plan' | 'resend'; readonly run: CrowdRun }
  | { readonly act: 'claim'; readonly lane: number; readonly most: number }
  | { readonly act: 'answer'; readonly answers: readonly Answer[] }
  /** Silent intents and lost answers: looked up by history, or nobody can. */
  | { readonly act: 'doubt'; readonly lookedUp: boolean }
  | { readonly act: 'cancel' | 'uncancel'; readonly of: Campaign }
  | { readonly act: 'wait'; readonly minutes: number }
  | { readonly act: 'person'; readonly personId: number; readonly change: keyof typeof changes };

/** What happens to a person. */
export const changes = {
  leave: sql`UPDATE people SET leave_from = '2026-10-26', leave_to = '2026-10-27' WHERE id = `,
  left: sql`UPDATE people SET status = 'left' WHERE id = `,
  back: sql`UPDATE people SET status = 'active', leave_from = NULL, leave_to = NULL WHERE id = `,
  stop: sql`UPDATE preferences SET stopped_at = '2026-10-26' WHERE person_id = `,
  goOn: sql`UPDATE preferences SET stopped_at = NULL WHERE person_id = `,
  refuses: sql`UPDATE identities SET unreachable_reason = 'blocked' WHERE person_id = `,
} as const;

/** What a test knows beside the store. */
export type World = {
  now: Date;
  readonly flying: Batch[];
  /** Copies of a message in somebody's chat, by its name. */
  readonly shown: Map<string, number>;
  /** Intents whose sender died. */
  readonly silent: Set<string>;
  /** Who was ever planned, by run. */
  readonly audience: Map<string, Set<number>>;
  standing: readonly Campaign[];
  resent: number;
};

/** A Monday morning before anything was planned. */
export const freshWorld = (): World => ({
  now: new Date('2026-10-26T01:00:00Z'),
  flying: [],
  shown: new Map(),
  silent: new Set(),
  audience: new Map(),
  standing: [],
  resent: 0,
});

const runName = ({ stream, slot }: Pick<CrowdRun, 'slot'> & { readonly stream: string }): string =>
  `${slot} ${stream}`;
const sameAs = (one: Campaign) => (other: Campaign) =>
  one.stream === other.stream &&
  one.slot === other.slot &&
  one.item === other.item &&
  one.personId === other.personId;

/** Lets one thing happen. */
export const happen = async (db: Database, world: World, event: Event): Promise<void> => {
  const { now } = world;
  switch (event.act) {
    case 'plan': {
      const name = runName(event.run);
      const planned = world.audience.get(name) ?? new Set();
      for (const id of await audienceOf(db, event.run, now)) planned.add(id);
      world.audience.set(name, planned);
      await planRun(db, event.run, now);
      return;
    }
    case 'claim': {
      const batch = await claim(db, event.lane, { now, most: event.most });
      if (batch === null) return;
      expect(batch.rows.filter(cancelledBy(world.standing))).toEqual([]);
      world.flying.push(batch);
      return;
    }
    case 'answer':
      return answerOldest(db, world, event.answers);
    case 'doubt':
      return resolveDoubt(db, world, event.lookedUp);
    case 'cancel':
      await cancelCampaign(db, { campaign: event.of, reason: 'keliru', now });
      if (!world.standing.some(sameAs(event.of))) world.standing = [...world.standing, event.of];
      return;
    case 'uncancel': {
      const done = await uncancelCampaign(db, { campaign: event.of, reason: 'benar', now });
      expect(done !== null).toBe(world.standing.some(sameAs(event.of)));
      world.standing = world.standing.filter((one) => !sameAs(event.of)(one));
      return;
    }
    case 'resend': {
      const wish = { ...event.run, unconfirmed: false, now };
      const places = resendPlaces(calendar, await listUnreachedRhythms(db, wish), now);
      for (const { count } of await resend(db, { ...wish, places })) world.resent += count;
      return;
    }
    case 'wait':
      world.now = new Date(now.getTime() + event.minutes * minute);
      return;
    case 'person':
      await sql`${changes[event.change]}${event.personId}`.execute(db);
  }
};

/** The oldest batch in flight comes back, a row an answer; who died says nothing. */
const answerOldest = async (db: Database, world: World, list: readonly Answer[]): Promise<void> => {
  const batch = world.flying.shift();
  if (batch === undefined) return;
  const told = batch.rows.map((row, at) => ({ row, answer: list[at] ?? 'sent' }));
  for (const { row, answer } of told) {
    const name = nameOf(row);
    if (['sent', 'arrived-lost', 'arrived-crash'].includes(answer))
      world.shown.set(name, (world.shown.get(name) ?? 0) + 1);
    if (answer.endsWith('crash')) world.silent.add(name);
  }
  const ends = { sent: 'sent', retry: 'retry', unreachable: 'unreachable' } as const;
  const rows = told
    .filter(({ answer }) => !answer.endsWith('crash'))
    .map(({ row, answer }) =>
      settlementOf(row, {
        state: answer in ends ? ends[answer as keyof typeof ends] : 'unknown',
        reason: answer,
        ...(answer === 'retry' ? { due: new Date(world.now.getTime() + minute) } : {}),
      }),
    );
  await settle(db, batch.lease, { now: world.now, rows });
};

/** History tells whether a message arrived; without it nobody is sure and nothing goes again. */
const resolveDoubt = async (db: Database, world: World, lookedUp: boolean): Promise<void> => {
  const { rows } = await sql<{ personId: number; stream: string; slot: string; state: string }>`
    SELECT person_id AS "personId", stream, slot, state FROM outbox
    WHERE state IN ('unknown', 'sending')`.execute(db);
  for (const row of rows) {
    if (row.state === 'sending' && !world.silent.has(nameOf(row))) continue;
    world.silent.delete(nameOf(row));
    const found = world.shown.has(nameOf(row)) ? 'sent' : 'retry';
    await sql`UPDATE outbox SET state = ${lookedUp ? found : 'unconfirmed'}
      WHERE person_id = ${row.personId} AND stream = ${row.stream}
        AND slot = ${row.slot}::date`.execute(db);
  }
};

/** Every run's lines add up to everybody who was ever planned for it, and nobody has a message twice. */
export const expectTruth = async (db: Database, world: World): Promise<void> => {
  const told = foldRuns(await manifest(db, { from: '2026-10-26', to: '2026-10-27' }));
  expect(Object.fromEntries(told.map((run) => [runName(run), run.audience]))).toEqual(
    Object.fromEntries(
      [...world.audience].flatMap(([name, { size: people }]) =>
        people === 0 ? [] : [[name, people]],
      ),
    ),
  );
  expect([...world.shown].filter(([, copies]) => copies > 1)).toEqual([]);
  const sent = told.reduce((sum, { lines }) => sum + lines.sent.count, 0);
  expect(sent).toBeLessThanOrEqual(world.shown.size);
  // What stands in a chat is never told as something that did not go.
  const untrue = await sql<{ personId: number; stream: string; slot: string }>`
    SELECT person_id AS "personId", stream, slot FROM outbox
    WHERE state NOT IN ('sent', 'unconfirmed', 'unknown', 'sending')`.execute(db);
  expect(untrue.rows.map(nameOf).filter((name) => world.shown.has(name))).toEqual([]);
};
