/** The commands and their options. */
import { Command } from 'commander';
import { setCalendarFrom } from './calendar.ts';
import { addSlack } from './chats/slack.ts';
import { addTeams } from './chats/teams.ts';
import { approveItems } from './content/approve.ts';
import { checkContent } from './content/content.ts';
import { addIngest } from './content/ingest.ts';
import { recallItem } from './content/recall.ts';
import { addDelivery } from './delivery.ts';
import { addDoctor } from './doctor.ts';
import { addRoster } from './roster/commands.ts';
import type { Shell } from './shell.ts';
import { addWave } from './wave/wave.ts';

const databaseOption = [
  '--database <url>',
  'the Postgres to write to; else DATABASE_URL, else the running local host',
] as const;

/** All commands, ready to parse; commander's own errors are thrown, not exited on. */
export const createProgram = (shell: Shell): Command => {
  const program = new Command('langkah')
    .description('Langkah for operators. Every file is checked whole before anything is written.')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => shell.print(text.trimEnd()),
      writeErr: (text) => shell.complain(text.trimEnd()),
    });

  program
    .command('calendar')
    .description('holidays, collective leave, Ramadan')
    .command('set')
    .description('replace one year by a file such as content/calendar/2026.yaml')
    .argument('<file>', 'one year, a YAML file')
    .option(...databaseOption)
    .action((file: string, options) => setCalendarFrom(shell, file, options));

  addRoster(program, shell, databaseOption);
  addContent(program, shell);
  addDelivery(program, shell, databaseOption);
  addDoctor(program, shell, databaseOption);
  addIngest(program, shell);
  addSlack(program, shell);
  addTeams(program, shell, databaseOption);
  addWave(program, shell, databaseOption);
  return program;
};

const addContent = (program: Command, shell: Shell): void => {
  const content = program.command('content').description('lessons, surveys, prompts, texts');
  content
    .command('check')
    .description('check every file of content/, draw every message, tell coverage and risk')
    .option('--json', 'end with one line of JSON', false)
    .option('--content <folder>', "the content folder; the project's own without it")
    .action((options) => checkContent(shell, options));
  content
    .command('approve')
    .description('approve items as their sources stand today; what is at risk is sent again')
    .argument('<ids...>', 'ids of lessons, prompts or survey items')
    .requiredOption('--role <role>', 'who approves: a role, not a name')
    .option('--date <date>', 'day of the approval, YYYY-MM-DD; today in Jakarta without it')
    .option('--content <folder>', "the content folder; the project's own without it")
    .action((ids: string[], options) => approveItems(shell, ids, options));
  content
    .command('recall')
    .description('withdraw a lesson or prompt that is wrong: stop it, and replace it where it was')
    .argument('<item>', 'id of a lesson or prompt')
    .option('--reason <reason>', 'why, for the audit log')
    .option('--undo', 'let it go out again', false)
    .option(...databaseOption)
    .action((item: string, options) => recallItem(shell, item, options));
};
