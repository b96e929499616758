/** `langkah content approve`: somebody has read the items against their sources as these stand today. */
import { join } from 'node:path';
import { isDate, localDate } from '../../../../core/calendar/zone.ts';
import {
  type Found,
  findItem,
  unknownCites,
  withApproval,
} from '../../../../core/content/approve.ts';
import { parseDocuments, wrongQuotes } from '../../../../core/content/parse.ts';
import type { Approval, ContentFile } from '../../../../core/content/schema.ts';
import { approvedSources } from '../../../../core/content/source-lock.ts';
import { ConfigError, ContentError } from '../../../../core/errors.ts';
import { readContent, root } from '../../../app/files.ts';
import { writeAll } from '../../ingest/write.ts';
import type { Shell } from '../shell.ts';

export type ApproveOptions = {
  /** Who approves: a role, never a person's name. */
  readonly role: string;
  /** `YYYY-MM-DD`; today in Jakarta without it. */
  readonly date?: string | undefined;
  /** The content folder; the project's own without it. */
  readonly content?: string | undefined;
};

/** Approves each item, or writes nothing and tells what is wrong with the options, the items or what they cite. */
export const approveItems = async (
  shell: Shell,
  ids: readonly string[],
  options: ApproveOptions,
): Promise<void> => {
  const { role, date } = readOptions(shell, options);
  const folder = options.content ?? join(root, 'content');
  const files = await readContent(folder);
  const texts = approvedTexts(files, ids, { role, date });
  const changed = files
    .map(({ path, text }) => ({ path, before: text, text: texts.get(path) ?? text }))
    .filter(({ before, text }) => text !== before);
  const after = files.map((file) => ({ ...file, text: texts.get(file.path) ?? file.text }));
  const faults = wrongQuotes(after, [...texts.keys()]);
  if (faults.length > 0) throw new ContentError(faults);
  await writeAll(folder, changed);
  shell.print(`approved ${ids.length} items in ${changed.length} files, ${date}, ${role}`);
};

type Approver = Pick<Approval, 'role' | 'date'>;

const readOptions = (shell: Shell, options: ApproveOptions): Approver => {
  const role = options.role.trim();
  const today = localDate('Asia/Jakarta', shell.now());
  const date = options.date ?? today;
  const wrong = [
    // A replacement character is what a terminal in another encoding makes of a letter.
    ...(role === '' || /[\p{Cc}\ufffd]/u.test(role)
      ? [`--role: found ${JSON.stringify(options.role)}, allowed a role on one line, e.g. Redaksi`]
      : []),
    ...(isDate(date) && date <= today
      ? []
      : [
          `--date: found ${JSON.stringify(date)}, allowed a date YYYY-MM-DD that exists, ${today} at the latest`,
        ]),
  ];
  if (wrong.length > 0) throw new ConfigError(`content approve: ${wrong.join('; ')}`);
  return { role, date };
};

/** The new texts of the files that hold the items, by path. */
const approvedTexts = (
  files: readonly ContentFile[],
  ids: readonly string[],
  approver: Approver,
): ReadonlyMap<string, string> => {
  const documents = parseDocuments(files);
  const found = ids.map((id) => findItem(files, id) ?? id);
  const unknown = found.filter((item) => typeof item === 'string');
  if (unknown.length > 0)
    throw new ConfigError(`content approve: no such item: ${unknown.join(', ')}`);
  const items = found as readonly Found[];
  const faults = items.flatMap((item) => unknownCites(item, documents));
  if (faults.length > 0) throw new ContentError(faults);
  const texts = new Map<string, string>();
  for (const { file, id, cites } of items) {
    const sources = approvedSources(documents, cites);
    const text = texts.get(file.path) ?? file.text;
    texts.set(
      file.path,
      withApproval({ file: { ...file, text }, id, cites }, { ...approver, sources }),
    );
  }
  return texts;
};
