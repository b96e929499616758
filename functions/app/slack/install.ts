/** The two addresses through which Slack's app is installed. */
import { type InstallDeps, slackInstall } from '../../../bot/slack/app/install.ts';
import { neededScopes, optionalScopes } from '../../../bot/slack/manifest.ts';
import { type DoorConfig, listOf } from '../../../core/config.ts';
import { ConfigError } from '../../../core/errors.ts';
import { sealInstallation } from '../../../core/installation-seal.ts';
import type { InstallDoor } from '../app.ts';
import { slackApp } from './app.ts';

/** Null where apps are not installed through us. */
export const openInstall = (
  config: DoorConfig,
  parts: Pick<InstallDeps, 'fetch' | 'clock' | 'catalogue' | 'queue' | 'log'>,
): InstallDoor | null => {
  const app = slackApp(config, parts);
  if (app === null) return null;
  return slackInstall({
    ...parts,
    ...app,
    scopes: [...Object.keys(neededScopes), ...addedScopes(config)],
    allowed: listOf(config.SLACK_WORKSPACES ?? ''),
    seal: (installation) => sealInstallation(app.keys, installation),
    stateKey: config.TICKET_KEY,
  });
};

/** What the agency adds to the needed scopes; anything but the two optional ones is more than we ask anybody for. */
const addedScopes = ({ SLACK_SCOPES = '' }: DoorConfig): readonly string[] => {
  const allowed = Object.keys(optionalScopes);
  const wrong = listOf(SLACK_SCOPES).filter((scope) => !allowed.includes(scope));
  if (wrong.length > 0)
    throw new ConfigError(`SLACK_SCOPES: found ${wrong.join(', ')}, allowed ${allowed.join(', ')}`);
  return listOf(SLACK_SCOPES);
};
