/** What became of the days' messages, one line a stream and date. */

import { localDate } from '../../../core/calendar/work-time.ts';
import { addDays } from '../../../core/calendar/zone.ts';
import { type Say, sayIn } from '../../../core/content/say.ts';
import { isRecall } from '../../../core/delivery/amendment.ts';
import type { Language } from '../../../core/language.ts';
import { manifest } from '../../../core/store/runs/manifest.ts';
import type { TimelineEntry } from '../../../web/studio/port.ts';
import type { Context } from '../../jobs/context.ts';

type Row = Awaited<ReturnType<typeof manifest>>[number];

/** The last seven days and the next, oldest first: "kiat: terkirim 214 · dilewati 9 (cuti 3, jeda 2)". */
export const timeline = async (
  context: Context,
  language: Language,
): Promise<readonly TimelineEntry[]> => {
  const say = sayIn(context.catalogue, language);
  const today = localDate(context.agency.zone, context.clock.now());
  const rows = await manifest(context.db, { from: addDays(today, -7), to: addDays(today, 1) });
  const lines = new Map<string, Row[]>();
  for (const row of rows) {
    const key = `${row.slot} ${row.stream}`;
    lines.set(key, [...(lines.get(key) ?? []), row]);
  }
  return [...lines.values()].map((group) => ({
    date: group[0]?.slot ?? today,
    text: line(say, context, group),
  }));
};

const line = (say: Say, context: Context, rows: readonly Row[]): string => {
  const name = rows[0]?.stream ?? 'lesson';
  const stream = say(`studio.stream.${isRecall(name) ? 'recall' : name}`);
  const states = [...new Set(rows.map(({ state }) => state))].map((state) => {
    const same = rows.filter((row) => row.state === state);
    const total = same.reduce((sum, { count }) => sum + count, 0);
    const reasons = same.flatMap(({ reason, count }) => {
      const key = `studio.reason.${reason}`;
      return context.catalogue.messages.has(key) ? [`${say(key)} ${count}`] : [];
    });
    const why = reasons.length > 0 ? ` (${reasons.join(', ')})` : '';
    return `${say(`studio.state.${state}`)} ${total}${why}`;
  });
  return `${stream}: ${states.join(' · ')}`;
};
