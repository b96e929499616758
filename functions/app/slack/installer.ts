/** What the jobs look after Slack's installations with. */
import { type OAuthSettings, renewTokens } from '../../../bot/slack/app/oauth.ts';
import { slackReach } from '../../../bot/slack/workspace/reach.ts';
import type { DoorConfig } from '../../../core/config.ts';
import { openInstallation, sealInstallation } from '../../../core/installation-seal.ts';
import type { Installer } from '../../../core/ports.ts';
import { slackApp } from './app.ts';

/** Undefined where apps are not installed through us. */
export const openInstaller = (
  config: DoorConfig,
  parts: Pick<OAuthSettings, 'fetch' | 'clock'>,
): Installer | undefined => {
  const app = slackApp(config, parts);
  if (app === null) return undefined;
  return {
    platform: 'slack',
    open: (sealed) => openInstallation(app.keys, sealed),
    seal: (installation) => sealInstallation(app.keys, installation),
    renew: (tokens) => renewTokens(app, tokens),
    reach: slackReach(app),
  };
};
