/** `langkah content check`. */
import { parseCalendar } from '../../../core/calendar/year-calendar.ts';
import { parseCatalogue } from '../../../core/content/parse.ts';
import { ContentError, type Fault } from '../../../core/errors.ts';
import { readContent } from '../../app/files.ts';
import type { Shell } from './shell.ts';

/** Parses everything under content/ as a start would; throws one ContentError with the faults of all files. */
export const checkContent = async (shell: Shell): Promise<void> => {
  const files = await readContent();
  const calendars = files.filter(({ path }) => path.startsWith('calendar/'));
  const faults: readonly Fault[] = [
    ...faultsOf(() => parseCatalogue(files)),
    ...calendars.flatMap((file) => faultsOf(() => parseCalendar(file))),
  ];
  if (faults.length > 0) throw new ContentError(faults);
  shell.print(`content: ${files.length} files, no faults`);
};

const faultsOf = (parse: () => unknown): readonly Fault[] => {
  try {
    parse();
    return [];
  } catch (error) {
    if (error instanceof ContentError) return error.faults;
    throw error;
  }
};
