import { expect, it } from 'vitest';
import { cancelledBy } from '../../../core/delivery/cancellation.ts';

const run = { stream: 'correction', slot: '2026-10-26' } as const;
const row = { ...run, item: 'l01@v2', personId: 7 };

it.each([
  { item: null, personId: null },
  { item: 'l01', personId: null },
  { item: 'l01@v2', personId: null },
  { item: 'l01', personId: 7 },
])('a correction may not go when this of its run was stopped: %j', (stopped) => {
  expect(cancelledBy([{ ...run, ...stopped }])(row)).toBe(true);
});

it.each([
  { item: 'l02', personId: null },
  { item: 'l01@v1', personId: null },
  { item: 'l01', personId: 8 },
  { slot: '2026-10-27', item: null, personId: null },
  { stream: 'lesson', item: null, personId: null },
])('a correction goes when something else was stopped: %j', (stopped) => {
  expect(cancelledBy([{ ...run, ...stopped }])(row)).toBe(false);
});
