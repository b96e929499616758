/** Reading chat directories: a few pages a minute, resumed where they stopped, once a day; and what an event tells of one member. */
import { isZone } from '../../core/calendar/zone-name.ts';
import { day } from '../../core/clock.ts';
import type { ChatEvent } from '../../core/conversation/event.ts';
import type { Member } from '../../core/people/member.ts';
import type { Chat, Directory, Platform } from '../../core/ports.ts';
import { requestPlan } from '../../core/store/outbox/replanning.ts';
import {
  applyMembers,
  lanesOfMember,
  listReadings,
  type Reading,
  saveReading,
} from '../../core/store/people/directory.ts';
import type { Context, Job } from './context.ts';
import { planAll } from './delivery/plan.ts';

/** What reading a directory needs of a host. */
export type DirectoryReader = Pick<Context, 'db' | 'clock' | 'log'> & {
  readonly chats: ReadonlyMap<Platform, Pick<Chat, 'platform' | 'directory'>>;
};

/** Pages of one lane in one run: half of what the method allows a minute, so that nobody else's call waits for us. */
const pagesARun = 10;

/** Milliseconds of one run; the sender needs the rest of the minute. */
const runMilliseconds = 20_000;

export const directoryJob: Job = {
  next: async (context) => {
    const readings = await readable(context);
    const times = readings.map(({ nextAt }) => nextAt.getTime());
    return times.length === 0 ? null : new Date(Math.min(...times));
  },
  run: async (context, now) => {
    const until = new Date(now.getTime() + runMilliseconds);
    for (const reading of await readable(context))
      if (reading.nextAt <= now) await readDirectory(context, reading, { until, pages: pagesARun });
  },
};

/** Lanes whose directory can be asked. */
const readable = async ({ db, chats }: Pick<DirectoryReader, 'db' | 'chats'>) => {
  const platforms = [...chats.values()].filter(({ directory }) => directory !== undefined);
  return platforms.length === 0
    ? []
    : listReadings(
        db,
        platforms.map(({ platform }) => platform),
      );
};

/** Reads on until the end, the limit or a wait; each page is kept before the next one is asked for. */
export const readDirectory = async (
  reader: DirectoryReader,
  from: Reading,
  limit: { readonly until: Date; readonly pages: number },
): Promise<Reading> => {
  const directory = reader.chats.get(from.platform)?.directory;
  if (directory === undefined) return from;
  let reading = from;
  for (let page = 0; page < limit.pages && reader.clock.now() < limit.until; page += 1) {
    reading = await readPage(reader, directory, reading);
    if (reading.cursor === null || reading.nextAt > reader.clock.now()) break;
  }
  return reading;
};

const nothingCounted = { members: 0, matched: 0, guests: 0, gone: 0 } as const;

const readPage = async (
  reader: DirectoryReader,
  directory: Directory,
  reading: Reading,
): Promise<Reading> => {
  const answer = await directory.page(reading.workspaceId, reading.cursor);
  const now = reader.clock.now();
  const after = (milliseconds: number) => new Date(now.getTime() + milliseconds);
  const stop = async (at: Partial<Reading>): Promise<Reading> => {
    const stopped = { ...reading, ...at };
    await saveReading(reader.db, stopped);
    return stopped;
  };
  switch (answer.state) {
    case 'page': {
      const { cursor, emails, members } = answer;
      const counts = reading.cursor === null ? nothingCounted : reading;
      const times = cursor === null ? { nextAt: after(day), endedAt: now } : { nextAt: now };
      const next = { ...reading, ...counts, ...times, cursor, emails, refused: null };
      return keepPage(reader, members, next);
    }
    case 'wait':
      reader.log.info('directory.waits', { lane: reading.id, reason: answer.reason });
      return stop({ nextAt: after(answer.afterSeconds * 1000) });
    case 'lost-place':
      return stop({ cursor: null, nextAt: now });
    case 'refused':
      reader.log.error('directory.refused', { lane: reading.id, reason: answer.reason });
      return stop({ cursor: null, nextAt: after(day), refused: answer.reason });
  }
};

/** What a page says of our people, and where the next one begins, together or not at all. */
const keepPage = (
  { db }: Pick<DirectoryReader, 'db'>,
  members: readonly Member[],
  reading: Reading,
): Promise<Reading> =>
  db.transaction().execute(async (trx) => {
    const { changed, matched } = await applyMembers(trx, reading, members.map(withKnownZone));
    const are = (status: Member['status']) =>
      members.filter((member) => member.status === status).length;
    const counted = {
      ...reading,
      members: reading.members + members.length,
      matched: reading.matched + matched,
      guests: reading.guests + are('guest'),
      gone: reading.gone + are('gone'),
    };
    await saveReading(trx, counted);
    if (changed.length > 0) await requestPlan(trx);
    return counted;
  });

/** What an event tells of one member; whoever is ours is planned anew at once. */
export const noteMember = async (
  context: Context,
  event: Extract<ChatEvent, { kind: 'member' }>,
): Promise<void> => {
  const member = withKnownZone(event.member);
  const { platform, workspaceId } = event.from;
  const lanes = await lanesOfMember(context.db, { platform, workspaceId, userId: member.userId });
  for (const lane of lanes) {
    const { changed } = await context.db
      .transaction()
      .execute((trx) => applyMembers(trx, lane, [member]));
    await planThem(context, changed);
  }
};

/** What is committed is told by no event again: where a plan fails, the next tick plans everybody afresh. */
const planThem = async (context: Context, people: readonly number[]): Promise<void> => {
  try {
    for (const only of people) await planAll(context, context.clock.now(), { only, renew: true });
  } catch (error) {
    await requestPlan(context.db);
    throw error;
  }
};

/** A name that this runtime does not know could not be reckoned with. */
const withKnownZone = (member: Member): Member =>
  member.zone === null || isZone(member.zone) ? member : { ...member, zone: null };
