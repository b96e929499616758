/** `langkah wave …`: the operator runs survey periods over the same acts as HR's pages. */
import { type Command, Option } from 'commander';
import { ConfigError, ConflictError } from '../../../../core/errors.ts';
import { type Language, languages } from '../../../../core/language.ts';
import { type Depth, depths } from '../../../../core/results/release.ts';
import type { Database } from '../../../../core/store/database.ts';
import type { WaveAct } from '../../../../core/survey/schedule/acts.ts';
import { faultWords, type Speaker, speakerOf } from '../../../../web/hr/waves/words.ts';
import { readCatalogue } from '../../../app/files.ts';
import { levelsOf, previewOf } from '../../../app/pages/waves-data.ts';
import { loadSchedule, type ScheduleParts } from '../../../jobs/pulse/schedule.ts';
import { actOnWaves, reviewSchedule } from '../../../jobs/pulse/wave-acts.ts';
import { agencyZone } from '../../zone.ts';
import type { Shell } from '../shell.ts';
import { timeOf, withStore } from '../store.ts';
import { printPreview, printSchedule } from './show.ts';

type Options = { readonly database?: string; readonly language: Language };

type Desk = { readonly parts: ScheduleParts; readonly speaker: Speaker };

/** Adds the commands to the others; `databaseOption` is the one they share with them. */
export const addWave = (
  program: Command,
  shell: Shell,
  databaseOption: readonly [string, string],
): void => {
  const wave = program.command('wave').description('survey periods: docs/waves.md');
  const named = (name: string, description: string): Command =>
    wave
      .command(name)
      .description(description)
      .addOption(
        new Option('--language <language>', 'of the answer').choices(languages).default('en'),
      )
      .option(...databaseOption);
  const act = (options: Options, wish: WaveAct): Promise<void> => perform(shell, options, wish);
  named('list', 'every survey period and what should be looked at').action((options: Options) =>
    atDesk(shell, options, async ({ parts, speaker }) =>
      printSchedule(shell, speaker, await reviewSchedule(parts)),
    ),
  );
  named('preview', 'what staff will read, in both languages')
    .argument('<wave>', 'id of a survey period')
    .action((id: string, options: Options) => preview(shell, options, id));
  named('schedule', 'plan a new survey period of ten working days')
    .requiredOption('--opens <date>', 'opening date, YYYY-MM-DD, a working day ahead')
    .requiredOption('--items <ids>', 'five rotating items, one an aspect, apart by commas')
    .addOption(depthOption().default('by-place'))
    .action((options: Options & { opens: string; items: string; depth: string }) =>
      act(options, {
        act: 'schedule',
        opens: options.opens,
        rotating: readItems(options.items),
        depth: readDepth(options.depth),
      }),
    );
  addChanges(named, act);
};

/** The acts on one survey period. */
const addChanges = (
  named: (name: string, description: string) => Command,
  act: (options: Options, wish: WaveAct) => Promise<void>,
): void => {
  const one = (name: string, description: string): Command =>
    named(name, description).argument('<wave>', 'id of a survey period');
  one('postpone', 'give a survey period that has not opened another date')
    .requiredOption('--opens <date>', 'opening date, YYYY-MM-DD, a working day ahead')
    .action((wave: string, options: Options & { opens: string }) =>
      act(options, { act: 'postpone', wave, opens: options.opens }),
    );
  one('choose', 'choose the rotating items of a survey period that has not opened')
    .requiredOption('--items <ids>', 'five rotating items, one an aspect, apart by commas')
    .action((wave: string, options: Options & { items: string }) =>
      act(options, { act: 'choose', wave, rotating: readItems(options.items) }),
    );
  one('depth', 'choose how far down results are published; once open, larger groups only')
    .addOption(depthOption().makeOptionMandatory())
    .action((wave: string, options: Options & { depth: string }) =>
      act(options, { act: 'depth', wave, depth: readDepth(options.depth) }),
    );
  one('cancel', 'cancel a survey period before it opens').action((wave: string, options: Options) =>
    act(options, { act: 'cancel', wave }),
  );
  one('restore', 'schedule a cancelled survey period again, before its date').action(
    (wave: string, options: Options) => act(options, { act: 'restore', wave }),
  );
  const forGood = (name: 'close' | 'abandon', description: string, warning: string): void => {
    one(name, description)
      .option('--yes', name, false)
      .action((wave: string, options: Options & { yes: boolean }) => {
        if (!options.yes) throw new ConfigError(`wave ${name}: ${warning}`);
        return act(options, { act: name, wave });
      });
  };
  forGood(
    'close',
    'close an open survey period now; it cannot be opened again',
    'it cannot be opened again; --yes closes it',
  );
  forGood(
    'abandon',
    'end a survey period whose keys are gone, without a result',
    'its answers are deleted and it never has a result; --yes gives it up',
  );
};

const depthOption = (): Option =>
  new Option('--depth <depth>', 'how far down results are published').choices([
    ...depths,
    'by-place',
  ]);

const readDepth = (text: string): Depth | null => depths.find((depth) => depth === text) ?? null;

const readItems = (text: string): readonly string[] =>
  text
    .split(',')
    .map((id) => id.trim())
    .filter((id) => id !== '');

const perform = (shell: Shell, options: Options, wish: WaveAct): Promise<void> =>
  atDesk(shell, options, async ({ parts, speaker }) => {
    const outcome = await actOnWaves({ ...parts, actor: 'operator' }, wish);
    if (!outcome.done)
      throw new ConflictError(outcome.faults.map((fault) => faultWords(speaker, fault)).join('\n'));
    shell.print(`${outcome.wave}: ${speaker.say(`waves.done.${wish.act}`)}`);
    printSchedule(shell, speaker, await reviewSchedule(parts));
  });

const preview = (shell: Shell, options: Options, id: string): Promise<void> =>
  atDesk(shell, options, async ({ parts, speaker }) => {
    const { waves } = await loadSchedule(parts);
    const wave = waves.find((one) => one.id === id);
    if (wave === undefined)
      throw new ConflictError(
        faultWords(speaker, {
          kind: 'no-wave',
          words: { found: id, allowed: waves.map((one) => one.id).join(', ') },
        }),
      );
    const { catalogue } = parts;
    const ballotPage = shell.env['BALLOT'] === 'web' ? (shell.env['BALLOT_PAGE'] ?? '') : null;
    printPreview(shell, {
      wave,
      catalogue,
      preview: await previewOf({ catalogue, ballotPage }, wave),
    });
  });

/** Everything a command needs of the store, in the agency's own time. */
const atDesk = (
  shell: Shell,
  { database, language }: Options,
  work: (desk: Desk) => Promise<void> | void,
): Promise<void> =>
  withStore(shell.env, database, async (db: Database) => {
    const zone = agencyZone(shell.env);
    const parts = { db, catalogue: await readCatalogue(), zone, now: await timeOf(db, shell) };
    await work({ parts, speaker: speakerOf(language, await levelsOf({ db })) });
  });
