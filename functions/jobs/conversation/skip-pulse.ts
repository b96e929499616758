/** "Lewati periode ini": no reminder of this wave comes any more. */
import { dayBegins } from '../../../core/calendar/zone.ts';
import { streams } from '../../../core/delivery/streams.ts';
import { loadCalendar } from '../../../core/store/calendars.ts';
import { ensurePartitions } from '../../../core/store/outbox/partitions.ts';
import { findWave, settleAhead } from '../../../core/store/pulse/waves.ts';
import { reminderSlots } from '../delivery/slots.ts';
import type { Handling } from './reaction.ts';

/** Settles the wave's reminders ahead of their days; a wave that is over or unknown changes nothing. */
export const skipPulse = async (
  { context, trx, person, now }: Handling,
  waveId: string,
): Promise<void> => {
  const wave = await findWave(trx, waveId);
  if (wave?.status !== 'open') return;
  const calendar = await loadCalendar(trx);
  const { zone } = context.agency;
  const slots = reminderSlots(calendar, zone, wave);
  await ensurePartitions(
    context.db,
    slots.map(({ date }) => date),
  );
  const { priority } = streams['pulse-reminder'];
  const today = dayBegins(zone, now);
  await settleAhead(trx, person.id, { slots, priority, until: wave.closesAt, today });
};
