/** `langkah delivery …`: how messages stand, stopping a run, and sending it once more to those not reached. */
import type { Command } from 'commander';
import {
  type CancelOptions,
  cancelRun,
  type UncancelOptions,
  uncancelRun,
} from '../delivery/cancel.ts';
import { type ResendOptions, resendRun } from '../delivery/resend.ts';
import { type ShowOptions, showRuns } from '../delivery/show.ts';
import type { Shell } from './shell.ts';

/** Adds the commands to the others; `databaseOption` is the one they share with them. */
export const addDelivery = (
  program: Command,
  shell: Shell,
  databaseOption: readonly [string, string],
): void => {
  const delivery = program.command('delivery').description('messages: docs/delivery.md');
  delivery
    .command('show')
    .description('how the messages of some days stand, and when the rest will have gone')
    .option('--stream <stream>', 'one stream only')
    .option('--from <date>', "first date, YYYY-MM-DD; today in the agency's zone without it")
    .option('--to <date>', 'last date; the first one without it')
    .option('--csv <file>', 'as a CSV file; - prints it')
    .option('--bom', 'begin the CSV with a byte order mark, for Excel', false)
    .option('--people', 'person by person; not for survey streams', false)
    .option(...databaseOption)
    .action((options: ShowOptions) => showRuns(shell, options));
  addCancel(delivery, shell, databaseOption);
  delivery
    .command('resend')
    .description('show whom a run did not reach, and with --yes send it to them once more')
    .requiredOption('--stream <stream>', 'which stream')
    .requiredOption('--slot <date>', 'of which date, YYYY-MM-DD')
    .option('--include <state>', 'also unconfirmed: it may have arrived already')
    .option('--yes', 'write', false)
    .option(...databaseOption)
    .action((options: ResendOptions) => resendRun(shell, options));
};

const addCancel = (
  delivery: Command,
  shell: Shell,
  databaseOption: readonly [string, string],
): void => {
  const narrowed = (name: string, description: string): Command =>
    delivery
      .command(name)
      .description(description)
      .requiredOption('--stream <stream>', 'which stream')
      .requiredOption('--slot <date>', 'of which date, YYYY-MM-DD')
      .option('--item <item>', 'this item of it only')
      .option('--person <key>', 'this person only: the employee key of the roster')
      .requiredOption('--reason <text>', 'why, for the audit log; readers are not told')
      .option(...databaseOption);
  narrowed('cancel', 'stop what has not gone, and wait until nothing is in flight')
    .option('--wait <seconds>', 'how long to wait for what is in flight', '300')
    .option('--no-wait', 'do not wait')
    .action((options: CancelOptions) => cancelRun(shell, options));
  narrowed('uncancel', 'let what was cancelled go again where its day is not over').action(
    (options: UncancelOptions) => uncancelRun(shell, options),
  );
};
