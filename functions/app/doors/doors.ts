/** The doors of a deployed host, for the platforms that the settings name; no SQL and no SDK in sight. */
import type { Hono } from 'hono';
import { slackDoor } from '../../../bot/slack/door.ts';
import { teamsDoor } from '../../../bot/teams/door.ts';
import { teamsCloud } from '../../../bot/teams/microsoft/cloud.ts';
import { openIdKeys, teamsVerifier } from '../../../bot/teams/verify.ts';
import type { DoorConfig } from '../../../core/config.ts';
import type { Door, InstallDoor } from '../app.ts';
import { type DoorParts, slackDoorDeps } from '../slack/door-deps.ts';
import { openInstall } from '../slack/install.ts';
import { teamsRegistrations } from '../teams/registrations.ts';
import { ballotDoor } from './ballot-door.ts';

/** Opens both doors, the way to install and the ballot page; null where the agency does not use it. */
export const openDoors = (
  config: DoorConfig,
  parts: DoorParts,
): {
  readonly slack: Door | null;
  readonly teams: Door | null;
  readonly install: InstallDoor | null;
  readonly ballots: Hono | null;
} => ({
  slack: openSlack(config, parts),
  teams: openTeams(config, parts),
  install: openInstall(config, parts),
  ballots:
    config.BALLOT === 'web'
      ? ballotDoor({ ...parts, agency: config.AGENCY_NAME ?? '', ticketKey: config.TICKET_KEY })
      : null,
});

const openSlack = (config: DoorConfig, parts: DoorParts): Door | null => {
  const deps = slackDoorDeps(config, parts);
  return deps === null ? null : slackDoor(deps);
};

const openTeams = (config: DoorConfig, { fetch, ...parts }: DoorParts): Door | null => {
  if (config.TEAMS_APP_ID === undefined) return null;
  const { now } = parts.clock;
  const { issuer, hosts, metadataUrl } = teamsCloud(config.TEAMS_CLOUD);
  const verify = teamsVerifier({
    registrations: teamsRegistrations(config),
    issuer,
    hosts,
    keys: openIdKeys({ fetch, metadataUrl, now }),
    now,
  });
  return teamsDoor({ ...parts, verify, ticketKey: config.TICKET_KEY });
};
