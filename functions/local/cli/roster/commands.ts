/** `langkah roster …`: the file, the chats' directories, and who is reached nowhere. */
import type { Command } from 'commander';
import type { Shell } from '../shell.ts';
import { importRoster } from './roster.ts';
import { syncRoster, tellUnmatched } from './sync.ts';

/** Adds the commands. */
export const addRoster = (
  program: Command,
  shell: Shell,
  database: readonly [flags: string, description: string],
): void => {
  const roster = program.command('roster').description('people and units');
  roster
    .command('import')
    .description('show what a roster would change, and with --yes apply it (docs/roster.md)')
    .argument('<file>', 'people, a CSV file')
    .option('--units <file>', 'units, a CSV file; without it the units in the store')
    .option('--date <date>', 'day from which moves count, YYYY-MM-DD; today in Jakarta without it')
    .option('--yes', 'apply', false)
    .option(...database)
    .action((file: string, options) => importRoster(shell, file, options));
  roster
    .command('sync')
    .description('read the directory of every chat now: who is who, time zones, closed accounts')
    .option(...database)
    .action((options) => syncRoster(shell, options));
  roster
    .command('unmatched')
    .description('people whom no chat reaches, why, and what to do')
    .option('--csv', 'as a table', false)
    .option(...database)
    .action((options) => tellUnmatched(shell, options));
};
