/** `langkah content check`. */
import { parseCalendar } from '../../../../core/calendar/year-calendar.ts';
import { parseCatalogue } from '../../../../core/content/parse.ts';
import type { ContentFile } from '../../../../core/content/schema.ts';
import { ConfigError, ContentError, type Fault } from '../../../../core/errors.ts';
import { readContent } from '../../../app/files.ts';
import type { Shell } from '../shell.ts';
import { contentReport } from './report.ts';

export type CheckOptions = {
  /** Ends with one line of JSON. */
  readonly json: boolean;
  /** The content folder; the project's own without it. */
  readonly content?: string | undefined;
};

/**
 * Parses everything under content/ as a start would, then draws every message; throws one ContentError with the faults
 * of all files. An item at risk is told and is no fault: the product knows what to do with it.
 */
export const checkContent = async (shell: Shell, options: CheckOptions): Promise<void> => {
  const { value: files, faults: unread } = await tryParse(() => readFolder(options.content));
  const checked = files === null ? null : await checkFiles(files);
  const report = checked?.report ?? null;
  const faults = [...unread, ...(checked?.faults ?? [])];
  for (const line of report?.lines ?? []) shell.print(line);
  if (faults.length === 0) shell.print(`content: ${files?.length} files, no faults`);
  if (options.json)
    shell.print(
      JSON.stringify({
        ...report?.figures,
        ...kindsOf(faults),
        limitFaults: report?.faults.length ?? 0,
        faults: faults.length,
      }),
    );
  if (faults.length > 0) throw new ContentError(faults);
};

const readFolder = async (folder?: string): Promise<readonly ContentFile[]> => {
  try {
    return await readContent(folder);
  } catch (error) {
    if (!(error instanceof Error && 'path' in error && 'code' in error)) throw error;
    throw new ConfigError(
      `content check: ${error.path} cannot be read (${error.code}); --content allows a folder with the content files`,
      { cause: error },
    );
  }
};

const checkFiles = async (files: readonly ContentFile[]) => {
  const calendars = files.filter(({ path }) => path.startsWith('calendar/'));
  const { value: catalogue, faults: own } = await tryParse(() => parseCatalogue(files));
  const report = catalogue === null ? null : await contentReport(catalogue, files);
  const ofCalendars = await Promise.all(
    calendars.map(async (file) => (await tryParse(() => parseCalendar(file))).faults),
  );
  return { report, faults: [...own, ...ofCalendars.flat(), ...(report?.faults ?? [])] };
};

/** How many faults are of the kinds an editor mends first. */
const kindsOf = (faults: readonly Fault[]): Readonly<Record<string, number>> => {
  const count = (what: RegExp) => faults.filter((fault) => what.test(fault.what)).length;
  return {
    translationsMissing: count(/\.(?:id|en) is missing$/),
    toneFaults: count(/^word or sign not used here$/),
    untaggedClaims: count(/^advice that claims a fact$/),
  };
};

const tryParse = async <T>(
  parse: () => T | Promise<T>,
): Promise<{ readonly value: T | null; readonly faults: readonly Fault[] }> => {
  try {
    return { value: await parse(), faults: [] };
  } catch (error) {
    if (error instanceof ContentError) return { value: null, faults: error.faults };
    throw error;
  }
};
