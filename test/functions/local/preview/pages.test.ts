import { sql } from 'kysely';
import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { parseCatalogue } from '../../../../core/content/parse.ts';
import { addRecall } from '../../../../core/store/outbox/amendments.ts';
import { countSentItems } from '../../../../core/store/runs/item-states.ts';
import { readContent } from '../../../../functions/app/files.ts';
import { previewPages, siteOf } from '../../../../functions/local/pages.ts';
import { withChangedSection } from '../../../content/changed-section.ts';
import { still } from '../../../web/preview/preview-data.ts';
import { lessonTime, openDay } from '../../jobs/delivery/lesson-day.ts';

const house = await openDay();
const { context } = house.host;

/** Cells of an item's row on the page over files that say `catalogue`. */
const rowOf = async (
  id: string,
  catalogue = context.catalogue,
  running = context,
): Promise<readonly string[]> => {
  const pages = previewPages(running, still({ catalogue, faults: [] }), siteOf(context, 'en'));
  const text = await (await pages.request('/pratinjau?bagian=isi')).text();
  const rows = [...parseHTML(text).document.querySelectorAll('tbody tr')].map((row) =>
    [...row.children].map(({ textContent }) => (textContent ?? '').trim()),
  );
  return rows.find(([name]) => name?.startsWith(`${id} · `)) ?? [];
};

describe('the items of the local edition’s preview', () => {
  it('are counted as they were sent, recalled as the store says, and at risk as their sources are', async () => {
    await house.tickAt(lessonTime);
    const rows = await sql<{ item: string; sent: number }>`
      SELECT item, count(*)::int AS sent FROM outbox
      WHERE state = 'sent' AND stream = 'lesson' GROUP BY item ORDER BY item`.execute(house.db);
    expect(await countSentItems(house.db)).toEqual(rows.rows);
    const [first] = rows.rows;
    if (first === undefined) throw new Error('nothing was sent');
    expect(first.sent).toBeGreaterThan(20);
    const lesson = context.catalogue.lessons.get(first.item);
    const [cite = ''] = lesson?.cites ?? [];
    const row = [`${first.item} · ${lesson?.title.en}`, 'Tip', String(first.sent)];
    expect(await rowOf(first.item)).toEqual([...row, 'No', 'No']);
    const changed = parseCatalogue(withChangedSection(await readContent(), cite));
    expect(await rowOf(first.item, changed)).toEqual([
      ...row,
      'No',
      `Yes, still sent until Langkah is restarted: ${cite} changed or not approved`,
    ]);
    const restarted = { ...context, catalogue: changed };
    expect((await rowOf(first.item, changed, restarted)).at(-1)).toBe(
      `Yes, not sent: ${cite} changed or not approved`,
    );
    expect((await rowOf(first.item, context.catalogue, restarted)).at(-1)).toBe(
      'No, sent again once Langkah is restarted',
    );
    const lessons = new Map([...context.catalogue.lessons].filter(([id]) => id !== first.item));
    const without = { ...context, catalogue: { ...context.catalogue, lessons } };
    expect((await rowOf(first.item, changed, without)).at(-1)).toMatch(/^Yes, not sent: /);
    await addRecall(house.db, { item: first.item, reason: 'uji', at: new Date(lessonTime) });
    expect(await rowOf(first.item)).toEqual([...row, 'Yes', 'No']);
  });
});
