/** The programme of a simulated week, and the same with a section changed, and approved anew. */

import { readCalendar } from '../../../core/calendar/year-calendar.ts';
import type { Catalogue } from '../../../core/content/schema.ts';
import { approvedSources } from '../../../core/content/source-lock.ts';
import { readCatalogue, readContent } from '../../../functions/app/files.ts';
import { once } from '../../../functions/app/once.ts';

/** Thursday to Tuesday: a Friday with its rest, a weekend, a Monday with its assembly. */
export const week = {
  starts: '2026-10-29',
  /** Thursday 04.00 WIB. */
  begins: Date.parse('2026-10-28T21:00:00Z'),
  /** Calendar days from Thursday to each of the four working days. */
  workdays: [0, 1, 4, 5],
  holiday: '2026-11-02',
} as const;

/** What each version of the content is called in the trace. */
export type Edition = 'plain' | 'at-risk' | 'approved';

export type Content = {
  readonly editions: Readonly<Record<Edition, Catalogue>>;
  /** A lesson that is withdrawn. */
  readonly recalled: string;
};

const day = 86_400_000;

/** Evening, everywhere, of the last of so many working days. */
export const endOf = (days: number): number =>
  Date.parse(`${week.starts}T11:00:00Z`) + (week.workdays[days - 1] ?? 0) * day;

/** The shipped content is read once. */
const shipped = once(() => readCatalogue());
const calendars = once(async () => {
  const files = (await readContent()).filter(({ path }) => path.startsWith('calendar/'));
  return files.map(({ path, text }) => readCalendar({ file: path, text }));
});

/** The shipped calendars. */
export const readCalendars = () => calendars();

/** The three editions of the programme of so many working days. */
export const openWeek = async (days: number): Promise<Content> => {
  const catalogue = await shipped();
  const [changed = '', recalled = '', ...others] = catalogue.programme.lesson.order;
  const { programme } = catalogue;
  const plain: Catalogue = {
    ...catalogue,
    programme: {
      ...programme,
      lesson: {
        ...programme.lesson,
        starts: week.starts,
        order: [changed, recalled, ...others].slice(0, days),
      },
      leader: {
        ...programme.leader,
        starts: week.starts,
        order: programme.leader.order.slice(0, 1),
      },
      waves: programme.waves
        .slice(0, 1)
        .map((wave) => ({ ...wave, opens: week.starts, workingDays: days })),
    },
  };
  const risky = { ...plain, documents: withChange(plain, changed), version: `${plain.version}-2` };
  return {
    editions: { plain, 'at-risk': risky, approved: approvedAnew(risky, changed) },
    recalled,
  };
};

/** The first section that the lesson cites has other words now. */
const withChange = ({ documents, lessons }: Catalogue, lesson: string): Catalogue['documents'] => {
  const [cite = ''] = lessons.get(lesson)?.cites ?? [];
  const [documentId = '', sectionId = ''] = cite.split('#');
  const document = documents.get(documentId);
  if (document === undefined) throw new Error(`no document ${documentId}`);
  const sections = document.sections.map((section) =>
    section.id === sectionId ? { ...section, fingerprint: '0'.repeat(64) } : section,
  );
  return new Map([...documents, [documentId, { ...document, sections }]]);
};

/** Everything that stood on the changed section is approved on its new words. */
const approvedAnew = (catalogue: Catalogue, changed: string): Catalogue => {
  const lesson = catalogue.lessons.get(changed);
  if (lesson === undefined) throw new Error(`no lesson ${changed}`);
  const sources = approvedSources(catalogue.documents, lesson.cites);
  const approved = { ...lesson, approval: { ...lesson.approval, sources } };
  return {
    ...catalogue,
    lessons: new Map([...catalogue.lessons, [changed, approved]]),
    version: `${catalogue.version}-3`,
  };
};
