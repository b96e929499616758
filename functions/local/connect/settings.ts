/** What `npm start -- --connect` needs from the environment, chat by chat. */
import { areGuids } from '../../../core/config.ts';
import { ConfigError } from '../../../core/errors.ts';
import { type Platform, platforms } from '../../../core/ports.ts';

type Env = Readonly<Record<string, string | undefined>>;

/**
 * The environment as the Slack CLI's `slack run` gives it to the start hook: both tokens of the app that it has just
 * installed, under names of its own. One without the other is not from there, and tokens of two apps never mix.
 */
export const withSlackCli = (env: Env): Env => {
  const { SLACK_CLI_XOXB: bot, SLACK_CLI_XAPP: app } = env;
  return bot && app ? { ...env, SLACK_BOT_TOKEN: bot, SLACK_APP_TOKEN: app } : env;
};

/** What a value must be like, in words as well. */
type Rule = { readonly holds: (value: string) => boolean; readonly told: string };

const begins = (start: string): Rule => ({
  holds: (value) => value.startsWith(start),
  told: `which begins ${start}`,
});
const id: Rule = { holds: areGuids, told: 'which is a GUID' };

/** One setting: its name, what it is, and what its value is like where that is known. */
type Setting = { readonly name: string; readonly what: string; readonly rule?: Rule };

/** A chat is connected when all of its settings are there; a chat with none of them is left out. */
const needed: Readonly<Record<Platform, readonly Setting[]>> = {
  slack: [
    { name: 'SLACK_BOT_TOKEN', what: 'bot token of the workspace', rule: begins('xoxb-') },
    {
      name: 'SLACK_APP_TOKEN',
      what: 'app-level token with connections:write',
      rule: begins('xapp-'),
    },
  ],
  teams: [
    { name: 'TEAMS_APP_ID', what: "the bot's app id", rule: id },
    { name: 'TEAMS_APP_PASSWORD', what: "a client secret of the bot's app registration" },
    { name: 'TEAMS_TENANTS', what: 'the tenant id', rule: id },
    { name: 'PUBLIC_URL', what: 'address of the tunnel to this machine', rule: begins('https://') },
  ],
};

const guides: Readonly<Record<Platform, string>> = {
  slack: 'docs/install-slack.md',
  teams: 'docs/install-teams.md',
};

/** The chats to connect; throws ConfigError naming every setting that is missing or of another kind. */
export const chosenPlatforms = (env: Env): readonly Platform[] => {
  const begun = platforms.filter((platform) => needed[platform].some(({ name }) => env[name]));
  const faults = (begun.length > 0 ? begun : platforms).flatMap((platform) =>
    faultsOf(platform, env),
  );
  if (faults.length > 0)
    throw new ConfigError(`--connect: settings are missing or wrong\n${faults.join('\n')}`);
  return begun;
};

const faultsOf = (platform: Platform, env: Env): readonly string[] => {
  const faults = needed[platform].flatMap(({ name, what, rule }) => {
    const value = env[name] ?? '';
    if (value === '') return [`  ${name}: missing, ${what}`];
    // The value itself is a secret.
    return rule === undefined || rule.holds(value)
      ? []
      : [`  ${name}: allowed ${what}, ${rule.told}`];
  });
  return faults.length === 0 ? [] : [`${platform} (${guides[platform]}):`, ...faults];
};
