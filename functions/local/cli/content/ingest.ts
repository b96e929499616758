/** `langkah ingest FILE…`. */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { ConfigError, ContentError, type Fault } from '../../../../core/errors.ts';
import { kinds } from '../../../../core/ingest/register/about.ts';
import { languages } from '../../../../core/language.ts';
import { root } from '../../../app/files.ts';
import { type Plan, planDocument, type Request } from '../../ingest/plan.ts';
import { type Document, readDocument } from '../../ingest/read.ts';
import { reportOf } from '../../ingest/report.ts';
import { type IngestOptions, readTold } from '../../ingest/told.ts';
import { openModel, wordIdea } from '../../ingest/wording.ts';
import { writeAll } from '../../ingest/write.ts';
import type { Shell } from '../shell.ts';

/** Adds the command to the others. */
export const addIngest = (program: Command, shell: Shell): void => {
  program
    .command('ingest')
    .description(
      'take documents in: their register entry, and drafts to write from (docs/ingest.md)',
    )
    .argument('<files...>', 'PDF, DOCX, HTML, Markdown or plain text')
    .option('--id <id>', 'id in the register; from the title without it')
    .option('--title <title>', 'its title; found in the document without it')
    .option('--publisher <name>', 'who published it')
    .option('--kind <kind>', `${kinds.join(', ')}; found without it`)
    .option('--licence <licence>', 'under which licence it may be used')
    .option('--date <date>', 'date of the document, YYYY-MM-DD')
    .option('--url <url>', 'where it can be read')
    .option('--language <language>', `${languages.join(' or ')}; found without it`)
    .option('--quotable', 'keep its text: the licence lets its sentences be quoted')
    .option('--all-drafts', 'drafts of every section, not only of new and changed ones')
    .option('--wording', 'let the model of LANGKAH_WORDING propose words for tips; always drafts')
    .option('--out <folder>', "the content folder; the project's own without it")
    .option('--dry-run', 'show what would be written, and write nothing')
    .action((files: string[], options: IngestOptions) => ingestFiles(shell, files, options));
};

/** Reads every file, then writes register entries and drafts of all, or nothing. */
const ingestFiles = async (
  shell: Shell,
  files: readonly string[],
  options: IngestOptions,
): Promise<void> => {
  const { id, told } = readTold(options, files.length);
  const folder = resolve(options.out ?? `${root}/content`);
  const dryRun = options.dryRun === true;
  const model = options.wording === true ? await openModel(shell.env) : null;
  const word: Request['word'] =
    model === null ? null : (idea, language) => wordIdea(model, idea, language);
  const plans: Plan[] = [];
  for (const document of await readAll(shell, files)) {
    const allDrafts = options.allDrafts === true;
    plans.push(await planDocument(document, { folder, id, told, allDrafts, word }));
  }
  checkIds(plans);
  const noPublisher = withoutPublisher(plans);
  if (noPublisher !== null && !dryRun) throw new ConfigError(noPublisher);
  for (const plan of plans) for (const line of reportOf(plan, dryRun)) shell.print(line);
  if (dryRun) {
    if (noPublisher !== null) shell.print(`still to be said: ${noPublisher}`);
    return shell.print('nothing was written: --dry-run');
  }
  await writeAll(
    folder,
    plans.flatMap(({ changes }) => changes),
  );
};

/** All documents, or one error with the faults of every file. */
const readAll = async (shell: Shell, files: readonly string[]): Promise<readonly Document[]> => {
  const documents: Document[] = [];
  const faults: Fault[] = [];
  for (const file of files) {
    try {
      documents.push(await readDocument(file, teller(shell, file)));
    } catch (error) {
      if (!(error instanceof ContentError)) throw error;
      faults.push(...error.faults);
    }
  }
  if (faults.length > 0) throw new ContentError(faults);
  return documents;
};

const second = 1_000;

/** A line a second on standard error, once a file takes longer than one. */
const teller = (shell: Shell, file: string): ((done: number, total: number) => void) => {
  let told = shell.now().getTime();
  return (done, total) => {
    const now = shell.now().getTime();
    if (now - told < second) return;
    told = now;
    shell.complain(`${file}: ${done} of ${total} pages read`);
  };
};

const checkIds = (plans: readonly Plan[]): void => {
  const twice = plans.find(({ id }, at) => plans.findIndex((other) => other.id === id) !== at);
  if (twice === undefined) return;
  const files = plans.filter(({ id }) => id === twice.id).map(({ document }) => document.file);
  throw new ConfigError(
    `${files.join(', ')}: would all become the document "${twice.id}"; bring them one at a time with --id`,
  );
};

/** What is wrong with documents of which nobody knows who published them; null where all do. */
const withoutPublisher = (plans: readonly Plan[]): string | null => {
  const unknown = plans.filter(({ about }) => about.publisher === '');
  if (unknown.length === 0) return null;
  const files = unknown.map(({ document }) => document.file).join(', ');
  return `${files}: who published it is not said; name them with --publisher`;
};
