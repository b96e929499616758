/** Whatever happens to a crowd's messages, in whatever order: the manifest adds up and nobody gets one twice. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Campaign } from '../../../../core/delivery/cancellation.ts';
import { type CrowdRun, clearCrowd, openCrowd } from '../outbox/crowd.ts';
import { answers, changes, type Event, expectTruth, freshWorld, happen } from './campaign-world.ts';

const size = 9;
const runs: readonly CrowdRun[] = [
  { stream: 'lesson', slot: '2026-10-26' },
  { stream: 'leader', slot: '2026-10-26' },
  { stream: 'lesson', slot: '2026-10-27' },
];

const runArb = fc.constantFrom(...runs);
const personArb = fc.integer({ min: 1, max: size });
const campaignArb: fc.Arbitrary<Campaign> = fc
  .record({ run: runArb, item: fc.boolean(), personId: fc.option(personArb) })
  .map(({ run, item, personId }) => ({
    ...run,
    item: item ? `${run.stream}-${run.slot}` : null,
    personId,
  }));

const answersArb = fc.array(fc.constantFrom(...answers), { minLength: size, maxLength: size });
const changeArb = fc.constantFrom(...(Object.keys(changes) as (keyof typeof changes)[]));

const eventArb: fc.Arbitrary<Event> = fc.oneof(
  { weight: 3, arbitrary: runArb.map((run) => ({ act: 'plan' as const, run })) },
  {
    weight: 6,
    arbitrary: fc
      .tuple(fc.constantFrom(1, 2), fc.integer({ min: 1, max: size }))
      .map(([lane, most]) => ({ act: 'claim' as const, lane, most })),
  },
  { weight: 6, arbitrary: answersArb.map((list) => ({ act: 'answer' as const, answers: list })) },
  {
    weight: 2,
    arbitrary: fc.boolean().map((lookedUp) => ({ act: 'doubt' as const, lookedUp })),
  },
  { weight: 3, arbitrary: campaignArb.map((of) => ({ act: 'cancel' as const, of })) },
  { weight: 2, arbitrary: campaignArb.map((of) => ({ act: 'uncancel' as const, of })) },
  { weight: 3, arbitrary: runArb.map((run) => ({ act: 'resend' as const, run })) },
  {
    weight: 5,
    arbitrary: fc
      .constantFrom(5, 30, 30, 90, 90, 600, 1440)
      .map((minutes) => ({ act: 'wait' as const, minutes })),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(personArb, changeArb)
      .map(([personId, change]) => ({ act: 'person' as const, personId, change })),
  },
);

const beginning: readonly Event[] = runs.map((run) => ({ act: 'plan', run }));
const eventsArb = fc.array(eventArb, { minLength: 25, maxLength: 60, size: 'max' });

it('keeps the manifest equal to the audience and brings nobody a message twice', async () => {
  const { db } = await openCrowd(size);
  let resent = 0;
  let shown = 0;
  await fc.assert(
    fc.asyncProperty(eventsArb, async (events) => {
      await clearCrowd(db);
      const world = freshWorld();
      for (const event of [...beginning, ...events]) {
        await happen(db, world, event);
        await expectTruth(db, world);
      }
      resent += world.resent;
      shown += world.shown.size;
    }),
    { numRuns: 40 },
  );
  // The sequences did come to the point.
  expect(resent).toBeGreaterThan(10);
  expect(shown).toBeGreaterThan(50);
}, 120_000);
