/** `langkah teams`: the app package to upload, and the app installed for people who lack it. */
import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { ConfigError } from '../../../../core/errors.ts';
import { appPackage } from '../../teams/package.ts';
import type { Shell } from '../shell.ts';
import { installMissing } from './teams-install.ts';

type PackageOptions = {
  readonly website: string;
  readonly privacy?: string;
  readonly terms?: string;
  readonly appId?: string;
  readonly agency?: string;
  readonly tabHost?: string;
  readonly appVersion: string;
  readonly out: string;
};

/** Adds the commands. */
export const addTeams = (
  program: Command,
  shell: Shell,
  database: readonly [flags: string, description: string],
): void => {
  const teams = program.command('teams').description('the Teams app (docs/install-teams.md)');
  teams
    .command('package')
    .description('write the app package to upload in the Teams admin centre')
    .requiredOption('--website <url>', "the agency's website, https")
    .option('--privacy <url>', 'its page on privacy; the website without it')
    .option('--terms <url>', 'its terms of use; the website without it')
    .option('--app-id <id>', "the bot's app id; else TEAMS_APP_ID")
    .option('--agency <name>', 'publisher, at most 32 characters; else AGENCY_NAME')
    .option('--tab-host <host>', 'host that serves the personal tab; without it the chat alone')
    .option('--app-version <version>', 'higher with each upload', '1.0.0')
    .option('--out <file>', 'where to write it', 'langkah-teams.zip')
    .action((options: PackageOptions) => writePackage(shell, options));
  teams
    .command('install')
    .description('install the app for people who lack it, by Microsoft Graph')
    .option('--yes', 'install; without it only those concerned are counted', false)
    .option(...database)
    .action((options) => installMissing(shell, options));
};

const writePackage = async (shell: Shell, options: PackageOptions): Promise<void> => {
  const { website, privacy = website, terms = website, tabHost = null, out } = options;
  const bytes = await appPackage({
    appId: options.appId ?? only(shell.env['TEAMS_APP_ID']),
    agency: options.agency ?? shell.env['AGENCY_NAME'] ?? '',
    website,
    privacy,
    terms,
    version: options.appVersion,
    tabHost,
  });
  await writeFile(out, bytes).catch((cause: unknown) => {
    throw new ConfigError(`--out: ${out} cannot be written`, { cause });
  });
  shell.print(`${out}: ${bytes.length} bytes, version ${options.appVersion}`);
  shell.print('next: Teams admin centre > Teams apps > Manage apps > Upload new app');
};

/** Several registrations are several apps: then the option says which. */
const only = (ids: string | undefined): string => {
  if (!ids) throw new ConfigError('no app id: set TEAMS_APP_ID or name one with --app-id');
  if (ids.includes(',')) throw new ConfigError('TEAMS_APP_ID names several: choose with --app-id');
  return ids.trim();
};
