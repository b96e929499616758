/** Behind the queue: what a door put there goes to its platform's dispatcher. */
import * as z from 'zod';
import type { Inbound } from '../../core/conversation/event.ts';
import { type Platform, platforms } from '../../core/ports.ts';
import type { Context } from '../jobs/context.ts';
import { type Dispatch, type Dispatchers, onEvent } from '../jobs/converse.ts';
import { once } from './once.ts';

/** Both dispatchers; an SDK, half a second of start, is loaded when its first entry arrives. */
export const openDispatchers = (context: Context): Dispatchers => {
  const settings = {
    onEvent: (event: Parameters<typeof onEvent>[1]) => onEvent(context, event),
    log: context.log,
  };
  return new Map<Platform, Dispatch>([
    [
      'slack',
      lazily(async () => {
        const { slackDispatcher } = await import('../../bot/slack/dispatch.ts');
        return slackDispatcher(settings);
      }),
    ],
    [
      'teams',
      lazily(async () => {
        const { teamsDispatcher } = await import('../../bot/teams/dispatch.ts');
        return teamsDispatcher(settings);
      }),
    ],
  ]);
};

const lazily = (open: () => Promise<Dispatch>): Dispatch => {
  const opened = once(open);
  return async (inbound) => {
    const dispatch = await opened();
    await dispatch(inbound);
  };
};

const inboundSchema: z.ZodType<Inbound> = z.strictObject({
  platform: z.enum(platforms),
  key: z.string().min(1),
  receivedAt: z.iso.datetime(),
  body: z.unknown(),
  ballot: z.strictObject({ ticket: z.string(), sealed: z.string() }).nullable(),
});

/** Handles one entry of the queue, as text or already read as JSON; throws when it is none of ours or was not handled. */
export const handleQueued = async (dispatchers: Dispatchers, entry: unknown): Promise<void> => {
  const read = inboundSchema.safeParse(typeof entry === 'string' ? readJson(entry) : entry);
  // The entry itself stays out of the error: it is somebody's message.
  if (!read.success) throw new Error('an entry of the queue has another shape than a door writes');
  const dispatch = dispatchers.get(read.data.platform);
  if (dispatch === undefined) throw new Error(`no dispatcher for ${read.data.platform}`);
  await dispatch(read.data);
};

/** JSON of a text; undefined when it is none, for the parser's own error would quote it. */
const readJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
