/** What the Slack door is made of on a deployed host; a file of its own, so that a host can start with this door alone. */
import type { SlackDoorDeps } from '../../../bot/slack/door.ts';
import type { Clock } from '../../../core/clock.ts';
import { type DoorConfig, listOf } from '../../../core/config.ts';
import type { Catalogue } from '../../../core/content/schema.ts';
import type { Log, Queue, Secrets } from '../../../core/ports.ts';
import { slackTokens } from './token.ts';

/** What the host gives to every door. */
export type DoorParts = {
  readonly queue: Queue;
  readonly secrets: Pick<Secrets, 'get'>;
  readonly catalogue: Catalogue;
  readonly fetch: typeof fetch;
  readonly clock: Pick<Clock, 'now' | 'sleep'>;
  readonly log: Log;
};

/** Null where the agency does not use Slack. */
export const slackDoorDeps = (
  config: DoorConfig,
  { secrets, ...parts }: DoorParts,
): SlackDoorDeps | null =>
  config.SLACK_SIGNING_SECRET === undefined
    ? null
    : {
        ...parts,
        signingSecrets: listOf(config.SLACK_SIGNING_SECRET),
        ticketKey: config.TICKET_KEY,
        botToken: slackTokens(secrets, parts.clock),
      };
