/** `langkah content approve`: somebody has read the items against their sources as these stand today. */
import { join } from 'node:path';
import { localDate } from '../../../../core/calendar/work-time.ts';
import { type Found, findItem, withApproval } from '../../../../core/content/approve.ts';
import { parseDocuments } from '../../../../core/content/parse.ts';
import { approvedSources } from '../../../../core/content/source-lock.ts';
import { ConfigError } from '../../../../core/errors.ts';
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

/** Approves each item; an unknown one is named and nothing is written. */
export const approveItems = async (
  shell: Shell,
  ids: readonly string[],
  options: ApproveOptions,
): Promise<void> => {
  const folder = options.content ?? join(root, 'content');
  const files = await readContent(folder);
  const documents = parseDocuments(files);
  const found = ids.map((id) => findItem(files, id) ?? id);
  const unknown = found.filter((item) => typeof item === 'string');
  if (unknown.length > 0)
    throw new ConfigError(`content approve: no such item: ${unknown.join(', ')}`);
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  const date = options.date ?? localDate('Asia/Jakarta', shell.now());
  for (const { file, id, cites } of found as readonly Found[]) {
    const sources = approvedSources(documents, cites);
    const text = texts.get(file.path) ?? file.text;
    const approved = withApproval(
      { file: { ...file, text }, id, cites },
      { ...options, date, sources },
    );
    texts.set(file.path, approved);
  }
  const changed = files
    .map(({ path, text }) => ({ path, before: text, text: texts.get(path) ?? text }))
    .filter(({ before, text }) => text !== before);
  await writeAll(folder, changed);
  shell.print(`approved ${ids.length} items in ${changed.length} files, ${date}, ${options.role}`);
};
