/** The doors on AWS: what a cold start puts together, without SQL, without an SDK and, for Slack, without a web framework. */
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { slackReplies } from '../../../bot/slack/door.ts';
import type { Clock } from '../../../core/clock.ts';
import { type DoorConfig, loadDoorConfig, readSettings } from '../../../core/config.ts';
import { address, filled } from '../../../core/shape.ts';
import { jsonLog } from '../../app/log.ts';
import { once } from '../../app/once.ts';
import { slackPath } from '../../app/paths.ts';
import { type DoorParts, slackDoorDeps } from '../../app/slack/door-deps.ts';
import { withFreshSettings } from '../fresh-settings.ts';
import { awsCaller } from './call.ts';
import { catalogueBeside } from './catalogue.ts';
import { isSlack, isTooLong, replyResult, slackRequest, toRequest, toResult } from './event.ts';
import { putQueue, readSecrets } from './services.ts';

const wanted = { QUEUE_URL: address, RUN_SECRETS_PREFIX: filled } as const;

/** Answers one event of API Gateway. */
export type Handler = (event: APIGatewayProxyEventV2) => Promise<APIGatewayProxyStructuredResultV2>;

/** The deployed door by fresh settings; throws ConfigError when one is missing. */
export const openHttp = async (
  env: Readonly<Record<string, string | undefined>>,
  clock: Clock,
): Promise<Handler> => {
  const { QUEUE_URL, RUN_SECRETS_PREFIX } = readSettings(wanted, env);
  const call = awsCaller(env, clock);
  const log = jsonLog(clock);
  const parts = {
    queue: putQueue(call, QUEUE_URL),
    secrets: readSecrets(call, RUN_SECRETS_PREFIX),
    catalogue: catalogueBeside(import.meta.url),
    fetch,
    clock,
    log,
  };
  return withFreshSettings({
    env,
    secrets: readSecrets(call, ''),
    open: async (settings) => ({
      handle: openDoors(loadDoorConfig(settings), parts),
      close: async () => undefined,
    }),
    clock,
    log,
  });
};

const openDoors = (config: DoorConfig, parts: DoorParts): Handler => {
  const deps = slackDoorDeps(config, parts);
  const slack = deps === null ? null : slackReplies(deps);
  // Teams, the installation and the pages come with what they need, at the first request that is not Slack's.
  const rest = once(async () => (await import('./rest.ts')).openRest(config, parts));
  return async (event) => {
    if (slack === null || !isSlack(event))
      return toResult(await (await rest()).fetch(toRequest(event)));
    if (!isTooLong(event)) return replyResult(await slack(slackRequest(event)));
    parts.log.warn('http.refused', { path: slackPath, reason: 'too-long' });
    return replyResult({ status: 413, json: null });
  };
};
