/** `langkah slack manifest`: what to paste into, or to update, an app on api.slack.com. */
import { type Command, Option } from 'commander';
import { optionalScopes, slackManifest } from '../../../../bot/slack/manifest.ts';
import { ConfigError } from '../../../../core/errors.ts';
import type { Shell } from '../shell.ts';

type Options = {
  readonly url?: string;
  readonly optional: readonly (keyof typeof optionalScopes)[];
};

/** Adds the command. */
export const addSlack = (program: Command, shell: Shell): void => {
  program
    .command('slack')
    .description('the Slack app (docs/install-slack.md)')
    .command('manifest')
    .description('print the app manifest: for Socket Mode, or with --url for deployed doors')
    .option('--url <url>', 'https address of the deployed doors')
    .addOption(
      new Option('--optional <scopes...>', 'scopes beside the needed ones')
        .choices(Object.keys(optionalScopes))
        .default([]),
    )
    .action((options: Options) => printManifest(shell, options));
};

const printManifest = (shell: Shell, { url, optional }: Options): void => {
  const address = url === undefined ? null : originOf(url);
  shell.print(JSON.stringify(slackManifest({ url: address, optional }), null, 2));
};

const originOf = (url: string): string => {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed?.protocol !== 'https:' || `${parsed.origin}/` !== parsed.href)
    throw new ConfigError(`--url: found ${JSON.stringify(url)}, allowed https://<host>`);
  return parsed.origin;
};
