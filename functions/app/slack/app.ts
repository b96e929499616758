/** Slack's app as the settings name it, for the door that installs it and for the jobs that look after it. */

import type { OAuthSettings } from '../../../bot/slack/app/oauth.ts';
import { slackApiUrl } from '../../../bot/slack/limits.ts';
import { type DoorConfig, listOf } from '../../../core/config.ts';

/** How the app proves itself, and the keys that seal what is kept of its installations. */
export type SlackApp = OAuthSettings & { readonly keys: readonly string[] };

/** Null where the app is not installed through us. */
export const slackApp = (
  config: DoorConfig,
  { fetch, clock }: Pick<OAuthSettings, 'fetch' | 'clock'>,
): SlackApp | null => {
  const { SLACK_CLIENT_ID: clientId, SLACK_CLIENT_SECRET: clientSecret } = config;
  if (clientId === undefined || clientSecret === undefined) return null;
  const keys = listOf(config.SLACK_INSTALLATION_KEY ?? '');
  return { clientId, clientSecret, keys, fetch, clock, apiUrl: slackApiUrl };
};
