/** The doors of a deployed host, for the platforms that the settings name; no SQL and no SDK in sight. */
import { slackDoor } from '../../bot/slack/door.ts';
import { teamsDoor } from '../../bot/teams/door.ts';
import {
  botFrameworkKeys,
  publicIssuer,
  publicMetadataUrl,
  teamsVerifier,
} from '../../bot/teams/verify.ts';
import type { Clock } from '../../core/clock.ts';
import { type DoorConfig, listOf } from '../../core/config.ts';
import type { Catalogue } from '../../core/content/schema.ts';
import type { Log, Queue, Secrets } from '../../core/ports.ts';
import type { Door } from './app.ts';
import { slackTokens } from './slack-token.ts';

type Parts = {
  readonly queue: Queue;
  readonly secrets: Pick<Secrets, 'get'>;
  readonly catalogue: Catalogue;
  readonly fetch: typeof fetch;
  readonly clock: Pick<Clock, 'now' | 'sleep'>;
  readonly log: Log;
};

/** Opens both doors; null where the agency does not use the platform. */
export const openDoors = (
  config: DoorConfig,
  parts: Parts,
): { readonly slack: Door | null; readonly teams: Door | null } => ({
  slack: openSlack(config, parts),
  teams: openTeams(config, parts),
});

const openSlack = (config: DoorConfig, { secrets, ...parts }: Parts): Door | null =>
  config.SLACK_SIGNING_SECRET === undefined
    ? null
    : slackDoor({
        ...parts,
        signingSecrets: listOf(config.SLACK_SIGNING_SECRET),
        ticketKey: config.TICKET_KEY,
        botToken: slackTokens(secrets, parts.clock),
      });

const openTeams = (config: DoorConfig, { fetch, ...parts }: Parts): Door | null => {
  if (config.TEAMS_APP_ID === undefined) return null;
  const { now } = parts.clock;
  const verify = teamsVerifier({
    appId: config.TEAMS_APP_ID,
    tenants: listOf(config.TEAMS_TENANTS ?? ''),
    issuer: publicIssuer,
    keys: botFrameworkKeys({ fetch, metadataUrl: publicMetadataUrl, now }),
    now,
  });
  return teamsDoor({ ...parts, verify, ticketKey: config.TICKET_KEY });
};
