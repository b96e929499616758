import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { hrData } from '../../../functions/app/pages/results-data.ts';
import { actOnWaves } from '../../../functions/jobs/pulse/wave-acts.ts';
import { sendAnswers } from '../../support/closing.ts';
import { type House, openHouse } from '../../support/house.ts';
import { voters } from '../../support/pulse.ts';

/** Units of the sample: a directorate, the first below it, and the directorate that everybody else is moved to. */
const [directorate, below, elsewhere] = [3, 8, 4];

/** A wave of a house in which the directorate is its head and the twelve people below. */
const openSmallDirectorate = async (): Promise<House> => {
  const house = await openHouse({ now: '2026-10-11T17:00:00Z', welcomed: true });
  await sql`UPDATE people SET unit_id = ${elsewhere} WHERE unit_id IN (9, 10) OR id IN (
    SELECT id FROM (SELECT id, unit_id, row_number() OVER (PARTITION BY unit_id ORDER BY id) AS seat
      FROM people) AS p
    WHERE unit_id = ${directorate} AND seat > 1 OR unit_id = ${below} AND seat > 12)`.execute(
    house.db,
  );
  for (const hour of ['00', '01', '02', '03']) await house.tickAt(`2026-10-12T${hour}:00:00Z`);
  return house;
};

const keptOf = async ({ db }: House): Promise<ReadonlyMap<number, string>> => {
  const { rows } = await sql<{
    unit: number;
    band: string;
  }>`SELECT unit_id AS unit, band FROM participation`.execute(db);
  return new Map(rows.map(({ unit, band }) => [unit, band]));
};

const pageOf = async ({ host }: House) => {
  const wave = await hrData(host.context, { id: 'SDM', en: 'HR' }).openWave();
  return new Map(wave?.participation.map((one) => [one.unit, one.hidden ?? one.band]));
};

describe('the participation of an open wave', () => {
  let house: House;
  beforeAll(async () => {
    house = await openSmallDirectorate();
  });

  const dayAfter = async (date: string, answering: number) => {
    for (const message of [...voters(house).values()].slice(0, answering))
      await sendAnswers(house, message);
    await house.host.drain();
    await house.tickAt(`${date}T00:00:30Z`);
    return { kept: await keptOf(house), page: await pageOf(house) };
  };
  const withBand = (bands: ReadonlyMap<number, string | null>): readonly number[] =>
    [...bands].flatMap(([unit, band]) => (band?.includes('%') ? [unit] : [])).sort((a, b) => a - b);

  it('never tells whether the head of a directorate of thirteen answered, on any day', async () => {
    const days = [await dayAfter('2026-10-13', 20), await dayAfter('2026-10-14', 60)];
    for (const { page } of days) {
      expect(withBand(page)).not.toContain(below);
      expect(page.get(below)).toBe('protect');
      expect(page.get(directorate)).toMatch(/ %$/);
    }
    expect(withBand(days[1]?.kept ?? new Map())).toEqual(withBand(days[0]?.kept ?? new Map()));
  });

  it('of a wave limited to the agency has no band below it, at once on the page and from the next run on in the store', async () => {
    const { db, catalogue, agency, clock } = house.host.context;
    const asked = { db, catalogue, zone: agency.zone, now: clock.now(), actor: 'hr' as const };
    await actOnWaves(asked, { act: 'depth', wave: 'w1', depth: 'agency' });
    expect([...(await pageOf(house)).keys()]).toEqual([1]);
    const { kept, page } = await dayAfter('2026-10-15', 80);
    expect(withBand(page)).toEqual([1]);
    expect([...new Set([...kept].flatMap(([unit, band]) => (unit > 1 ? [band] : [])))]).toEqual([
      'depth',
    ]);
  });
});
