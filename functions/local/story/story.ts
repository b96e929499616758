/** The sample's story: the clock, the people and the host, and moving all of them together. */
import { instantAt, isWorkday, localDate } from '../../../core/calendar/work-time.ts';
import { addDays } from '../../../core/calendar/zone.ts';
import { day, hour } from '../../../core/clock.ts';
import { actionIds, commentId } from '../../../core/conversation/message.ts';
import { loadCalendar } from '../../../core/store/calendars.ts';
import type { LocalMessage } from '../../../core/store/local-messages.ts';
import { listPeople } from '../../../core/store/people/people.ts';
import { readLink } from '../../../core/survey/ballot/link.ts';
import { readTicket } from '../../../core/survey/ballot/ticket.ts';
import type { ClockStep } from '../../../web/studio/port.ts';
import { agencyPattern } from '../../jobs/delivery/slots.ts';
import type { Actor } from '../chat/actor.ts';
import type { Host } from '../host.ts';
import { linkIn, sendBallot } from './ballot-page.ts';
import { type AskedPulse, createStaff, type Staff } from './staff.ts';
import { advance, type Travel } from './time.ts';

export type Story = {
  readonly host: Host;
  readonly staff: Staff;
  readonly advance: (travel: Travel) => Promise<void>;
  /** Where a step of the studio's clock leads. */
  readonly target: (step: ClockStep) => Promise<Date>;
};

/** Puts people with habits into the host; those in `played` do nothing by themselves. */
export const openStory = async (host: Host, played: ReadonlySet<string>): Promise<Story> => {
  const people = await listPeople(host.context.db);
  const unitOf = new Map(
    people.flatMap((person) =>
      person.identities.map(({ userId }) => [userId, person.unit] as const),
    ),
  );
  const staff = createStaff({
    actors: host.actors,
    catalogue: host.context.catalogue,
    unitOf: (userId) => unitOf.get(userId) ?? '',
    isPlayed: (userId) => played.has(userId),
    pulseOf: (message, actor) => pulseOf(host, message, actor),
    now: host.clock.now,
    drain: host.drain,
  });
  host.onMessage(staff.notice);
  // People who had read a message but not yet reacted when the host stopped still do so.
  const since = host.clock.now().getTime() - day;
  for (const message of host.messages())
    if (message.sentAt.getTime() > since) staff.notice(message);
  return {
    host,
    staff,
    advance: (travel) =>
      advance({ context: host.context, clock: host.clock, people: staff }, travel),
    target: (step) => targetOf(host, step),
  };
};

/** The form behind a button of the message, or behind its link. */
const pulseOf = (host: Host, message: LocalMessage, actor: Actor): AskedPulse | null => {
  const { userId, payload } = message;
  const { ticketKey } = host.context;
  const token = linkIn(payload);
  const button = actor
    .buttons(payload)
    .find(({ action }) => action === actionIds.openPulse || action === actionIds.submitPulse);
  const read =
    token === null
      ? readTicket(button?.value ?? '', ticketKey, host.clock.now())
      : readLink(token, ticketKey, host.clock.now());
  if (read.state !== 'open') return null;
  return {
    ...read.ticket,
    send: (answers, comment) =>
      token === null
        ? actor.answerPulse({ userId, message, answers, comment })
        : sendBallot(
            host.ballots,
            token,
            comment === null ? answers : { ...answers, [commentId]: comment },
          ),
  };
};

const targetOf = async (host: Host, step: ClockStep): Promise<Date> => {
  const now = host.clock.now();
  switch (step) {
    case 'hour':
      return new Date(now.getTime() + hour);
    case 'day':
      return new Date(now.getTime() + day);
    case 'four-weeks':
      return new Date(now.getTime() + 28 * day);
    case 'workday':
      return nextWorkMorning(host, now);
  }
};

/** 08.30 of the agency's next working day. */
const nextWorkMorning = async (host: Host, now: Date): Promise<Date> => {
  const calendar = await loadCalendar(host.context.db);
  const { zone } = host.context.agency;
  for (let date = localDate(zone, now); ; date = addDays(date, 1)) {
    const morning = instantAt(zone, date, 8 * 60 + 30);
    if (morning > now && isWorkday(calendar, agencyPattern, date)) return morning;
  }
};
