/** Behind the queue: ballots go to their job together, everything else to its platform's dispatcher. */
import * as z from 'zod';
import { parseSlack } from '../../../bot/slack/parse.ts';
import { parseTeams } from '../../../bot/teams/parse.ts';
import type { Inbound, SealedBallot, WebBallot } from '../../../core/conversation/event.ts';
import { type Platform, platforms } from '../../../core/ports.ts';
import type { Context } from '../../jobs/context.ts';
import { type Cast, takeBallots } from '../../jobs/pulse/ballot.ts';
import { openDispatchers } from './dispatchers.ts';
import { entryOf } from './entry.ts';

/** Takes entries of the queue, as text or as `entryOf` read them; throws for one that is none of ours or was not handled. */
export type Inbox = {
  readonly handle: (entry: unknown) => Promise<void>;
  /** Whether an entry may be taken together with others. */
  readonly isBallot: (entry: unknown) => boolean;
  /** Takes ballots in their order; after a failure all of them may be handled again, for taking one twice changes nothing. */
  readonly takeBallots: (entries: readonly unknown[]) => Promise<void>;
};

/** The inbox over a context; an SDK of a chat is loaded when an entry needs it. */
export const openInbox = (context: Context): Inbox => {
  const dispatchers = openDispatchers(context);
  const take = (entries: readonly Entry[]): Promise<void> =>
    takeBallots(
      context,
      entries.flatMap((entry) => castOf(context, entry)),
    );
  return {
    handle: async (given) => {
      const entry = readEntry(given);
      if (entry.platform === 'web' || entry.ballot !== null) return take([entry]);
      const dispatch = dispatchers.get(entry.platform);
      if (dispatch === undefined) throw new Error(`no dispatcher for ${entry.platform}`);
      await dispatch(entry);
    },
    isBallot: (given) => (carriesBallot.safeParse(entryOf(given)).data?.ballot ?? null) !== null,
    takeBallots: (entries) => take(entries.map(readEntry)),
  };
};

type Entry = Inbound | WebBallot;

const ballotSchema: z.ZodType<SealedBallot> = z.strictObject({
  ticket: z.string(),
  sealed: z.string(),
});
const common = { key: z.string().min(1), receivedAt: z.iso.datetime() };
const entrySchema: z.ZodType<Entry> = z.union([
  z.strictObject({
    ...common,
    platform: z.enum(platforms),
    body: z.unknown(),
    ballot: ballotSchema.nullable(),
  }),
  z.strictObject({ ...common, platform: z.literal('web'), ballot: ballotSchema }),
]);

const carriesBallot = z.object({ ballot: z.unknown() });

const readEntry = (given: unknown): Entry => {
  const read = entrySchema.safeParse(entryOf(given));
  // The entry itself stays out of the error: it is somebody's message.
  if (!read.success) throw new Error('an entry of the queue has another shape than a door writes');
  return read.data;
};

const parsers: Readonly<Record<Platform, typeof parseSlack>> = {
  slack: parseSlack,
  teams: parseTeams,
};

const castOf = ({ log }: Context, entry: Entry): readonly Cast[] => {
  const { key, ballot } = entry;
  const receivedAt = new Date(entry.receivedAt);
  if (entry.platform === 'web')
    return [{ key, at: receivedAt, sealed: entry.ballot.sealed, link: entry.ballot.ticket }];
  const event = parsers[entry.platform](entry.body, receivedAt, ballot);
  if (event?.kind === 'ballot') return [{ ...event, ...event.ballot }];
  log.warn('ballot.unreadable', { key });
  return [];
};
