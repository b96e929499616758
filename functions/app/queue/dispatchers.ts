/** What routes behind the queue: each platform's SDK. */
import { sealedInstallation } from '../../../bot/slack/app/install.ts';
import type { Platform } from '../../../core/ports.ts';
import type { Context } from '../../jobs/context.ts';
import { type Dispatch, type Dispatchers, onEvent } from '../../jobs/conversation/converse.ts';
import { takeInstallation } from '../../jobs/installations.ts';
import { once } from '../once.ts';

/** Both dispatchers; an SDK, half a second of start, is loaded when its first entry arrives. */
export const openDispatchers = (context: Context): Dispatchers => {
  const settings = {
    onEvent: (event: Parameters<typeof onEvent>[1]) => onEvent(context, event),
    log: context.log,
  };
  return new Map<Platform, Dispatch>([
    [
      'slack',
      installationsFirst(
        context,
        lazily(async () => {
          const { slackDispatcher } = await import('../../../bot/slack/dispatch.ts');
          return slackDispatcher(settings);
        }),
      ),
    ],
    [
      'teams',
      lazily(async () => {
        const { teamsDispatcher } = await import('../../../bot/teams/dispatch.ts');
        return teamsDispatcher(settings);
      }),
    ],
  ]);
};

/** What the install door queued is no payload of the chat's. */
const installationsFirst =
  (context: Context, dispatch: Dispatch): Dispatch =>
  async (inbound) => {
    const sealed = sealedInstallation(inbound.body);
    if (sealed === null) await dispatch(inbound);
    else await takeInstallation(context, sealed);
  };

const lazily = (open: () => Promise<Dispatch>): Dispatch => {
  const opened = once(open);
  return async (inbound) => {
    const dispatch = await opened();
    await dispatch(inbound);
  };
};
