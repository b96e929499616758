import fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { parseCatalogue } from '../../../../core/content/parse.ts';
import type { Catalogue, ContentFile } from '../../../../core/content/schema.ts';
import { approvedSources, atRisk } from '../../../../core/content/source-lock.ts';
import { readContent } from '../../../../functions/app/files.ts';
import type { Context } from '../../../../functions/jobs/context.ts';
import { planAll } from '../../../../functions/jobs/delivery/plan.ts';
import { tick } from '../../../../functions/jobs/tick.ts';
import { withChangedSection } from '../../../content/changed-section.ts';
import { type House, openHouse } from '../../../support/house.ts';
import { lessonTime, openDay } from '../delivery/lesson-day.ts';

const files = await readContent();
const shipped = parseCatalogue(files);
const order = shipped.programme.lesson.order;

/** The catalogue after somebody approved everything on the sources as they stand in it. */
const approved = (catalogue: Catalogue): Catalogue => ({
  ...catalogue,
  lessons: new Map(
    [...catalogue.lessons].map(([id, lesson]) => {
      const sources = approvedSources(catalogue.documents, lesson.cites);
      return [id, { ...lesson, approval: { ...lesson.approval, sources } }];
    }),
  ),
  prompts: new Map(
    [...catalogue.prompts].map(([id, prompt]) => {
      const sources = approvedSources(catalogue.documents, prompt.cites);
      return [id, { ...prompt, approval: { ...prompt.approval, sources } }];
    }),
  ),
});

/** A day on which the sample's people get different lessons, every lesson somebody; half of them before the change. */
const mixedDay = async (): Promise<House> => {
  const house = await openDay();
  await sql`UPDATE outbox SET item = (${order}::text[])[1 + person_id % ${order.length}]`.execute(
    house.db,
  );
  await sql`UPDATE outbox SET due = ${'2026-10-26T02:30:00Z'} WHERE (person_id / ${order.length}) % 2 = 1`.execute(
    house.db,
  );
  await house.tickAt(lessonTime);
  await house.tickAt('2026-10-26T02:10:00Z');
  return house;
};

const on = ({ host }: House, catalogue: Catalogue): Context => ({ ...host.context, catalogue });

const tickOn = async (house: House, catalogue: Catalogue, at: string): Promise<void> => {
  house.host.clock.moveTo(new Date(at));
  await tick(on(house, catalogue));
};

/** Sent rows: who, what, in which stream. */
const sent = async ({ db }: House, stream: string) => {
  const { rows } = await sql<{ person: number; item: string }>`
    SELECT person_id AS person, split_part(item, '@', 1) AS item FROM outbox
    WHERE stream = ${stream} AND state = 'sent' ORDER BY 1, 2`.execute(db);
  return rows;
};

const citing = (cite: string) =>
  [...shipped.lessons.values()].filter(({ cites }) => cites.includes(cite)).map(({ id }) => id);

const pskn = shipped.documents.get('pskn')?.sections.map(({ id }) => `pskn#${id}`) ?? [];
const cited = pskn.filter((cite) => citing(cite).some((id) => order.includes(id)));

const changed = (cite: string): readonly ContentFile[] => withChangedSection(files, cite);

describe('a changed section', () => {
  it('stops exactly its lessons, and every earlier viewer gets one correction after the approval', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...cited), async (cite) => {
        const house = await mixedDay();
        const blocked = citing(cite);
        const viewers = (await sent(house, 'lesson')).filter(({ item }) => blocked.includes(item));
        const faulty = parseCatalogue(changed(cite));
        expect([...atRisk(faulty).keys()].filter((id) => shipped.lessons.has(id)).sort()).toEqual(
          [...blocked].sort(),
        );
        await tickOn(house, faulty, '2026-10-26T02:30:00Z');
        await tickOn(house, faulty, '2026-10-26T02:40:00Z');
        const skipped = await sql<{ item: string }>`SELECT DISTINCT item FROM outbox
          WHERE reason = 'source-changed'`.execute(house.db);
        for (const { item } of skipped.rows) expect(blocked).toContain(item);
        const late = await sql`SELECT 1 FROM outbox WHERE state = 'sent' AND item = ANY(${blocked})
          AND due >= ${'2026-10-26T02:30:00Z'}`.execute(house.db);
        expect(late.rows).toEqual([]);
        const waiting = await sql`SELECT 1 FROM outbox WHERE state IN ('planned', 'retry')
          AND due <= ${'2026-10-26T02:30:00Z'} AND slot = '2026-10-26'`.execute(house.db);
        expect(waiting.rows).toEqual([]);
        expect(await sent(house, 'correction')).toEqual([]);
        const good = approved(faulty);
        for (const day of ['27', '28', '29'])
          for (const time of ['T01:30:00Z', 'T03:30:00Z'])
            await correctionsOnly(house, good, `2026-10-${day}${time}`);
        expect(await sent(house, 'correction')).toEqual(viewers);
      }),
      { numRuns: 3 },
    );
  });
});

describe('a section that a prompt and the survey rest on', () => {
  it('keeps the prompt from leaders until the approval, then corrects it where it was read', async () => {
    const house = await openDay();
    const prompt = shipped.programme.leader.order[0] ?? '';
    const cite = shipped.prompts.get(prompt)?.cites[0] ?? '';
    await sql`UPDATE outbox SET stream = 'leader', item = ${prompt}`.execute(house.db);
    await sql`UPDATE outbox SET due = ${'2026-10-26T02:30:00Z'} WHERE person_id % 2 = 1`.execute(
      house.db,
    );
    await house.tickAt(lessonTime);
    await house.tickAt('2026-10-26T02:10:00Z');
    const readers = await sent(house, 'leader');
    expect(readers.length).toBeGreaterThan(20);
    const faulty = parseCatalogue(changed(cite));
    await tickOn(house, faulty, '2026-10-26T02:30:00Z');
    expect(await sent(house, 'leader')).toEqual(readers);
    const good = approved(faulty);
    for (const day of ['27', '28', '29'])
      await correctionsOnly(house, good, `2026-10-${day}T02:30:00Z`);
    expect((await sent(house, 'correction')).filter(({ item }) => item === prompt)).toEqual(
      readers,
    );
  });

  it('leaves the statement out of the form, and the others in', async () => {
    const [wave] = shipped.programme.waves;
    const item = shipped.survey.items.find(({ id }) => id === wave?.rotating[0]);
    const cite = item?.cites[0] ?? '';
    const faulty = parseCatalogue(changed(cite));
    const blocked = shipped.survey.items.filter(({ cites }) => cites.includes(cite));
    const house = await openHouse({ now: '2026-10-11T21:00:00Z', welcomed: true });
    await tickOn(house, faulty, '2026-10-11T22:00:00Z');
    for (const time of ['03:00', '03:10', '04:00', '05:00'])
      await tickOn(house, faulty, `2026-10-12T${time}:00Z`);
    const asked = house.host.messages().map(({ payload }) => JSON.stringify(payload));
    const teams = asked.filter((text) => text.includes('Input.ChoiceSet'));
    expect(teams.length).toBeGreaterThan(10);
    for (const { text } of blocked) for (const card of teams) expect(card).not.toContain(text.id);
    const others = shipped.survey.items.filter(
      ({ id, role }) =>
        (role === 'anchor' || wave?.rotating.includes(id)) && !blocked.some((one) => one.id === id),
    );
    expect(others.length).toBeGreaterThan(5);
    for (const { text } of others) expect(teams[0]).toContain(text.id);
  });
});

/** Plans as the planner does and lets nothing but corrections go. */
const correctionsOnly = async (house: House, catalogue: Catalogue, at: string): Promise<void> => {
  house.host.clock.moveTo(new Date(at));
  await planAll(on(house, catalogue), new Date(at));
  await sql`DELETE FROM outbox WHERE stream <> 'correction' AND state IN ('planned', 'retry')`.execute(
    house.db,
  );
  await tickOn(house, catalogue, at);
};
