import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { findWave } from '../../../../core/store/pulse/waves.ts';
import { listReleases } from '../../../../core/store/results/releases.ts';
import type { ScheduleParts } from '../../../../functions/jobs/pulse/schedule.ts';
import { actOnWaves, reviewSchedule } from '../../../../functions/jobs/pulse/wave-acts.ts';
import { waveSecretName } from '../../../../functions/jobs/pulse/wave-secrets.ts';
import { tick } from '../../../../functions/jobs/tick.ts';
import { counted, openInvited, sendAnswers } from '../../../support/closing.ts';
import type { House } from '../../../support/house.ts';
import { voters } from '../../../support/pulse.ts';

const keyName = waveSecretName('w1', 'private-key');
/** When wave w2 opens. */
const later = '2026-11-08T22:00:00Z';

const partsOf = ({ host: { context } }: House): ScheduleParts => ({
  db: context.db,
  catalogue: context.catalogue,
  zone: context.agency.zone,
  now: context.clock.now(),
});

const abandon = (house: House) =>
  actOnWaves({ ...partsOf(house), actor: 'operator' }, { act: 'abandon', wave: 'w1' });

const auditOf = async ({ db }: House) =>
  (
    await sql<{ told: string }>`SELECT concat(actor, ' ', act, ' ', detail ->> 'wave') AS told
      FROM audit_log WHERE act LIKE 'wave.%' ORDER BY id`.execute(db)
  ).rows.map(({ told }) => told);

const countOf = async ({ db }: House, table: string, wave: string): Promise<number> =>
  (
    await sql<{ n: number }>`SELECT count(*)::int AS n FROM ${sql.table(table)}
      WHERE wave_id = ${wave}`.execute(db)
  ).rows[0]?.n ?? -1;

/** A house whose wave w1 was answered and has lost its key before the close. */
const openKeyless = async (): Promise<{ readonly house: House; readonly key: string }> => {
  const house = await openInvited();
  for (const message of [...voters(house).values()].slice(0, 8)) await sendAnswers(house, message);
  await house.host.drain();
  const key = (await house.secrets.get(keyName)) ?? '';
  await house.secrets.remove(keyName);
  await expect(house.tickAt(counted)).rejects.toThrow('jobs failed in this tick');
  return { house, key };
};

describe('a wave whose keys are gone', () => {
  let house: House;
  beforeAll(async () => {
    house = (await openKeyless()).house;
  });

  it('is named in the log, the audit log and the schedule, and fails the tick until it ends', async () => {
    await expect(tick(house.host.context)).rejects.toThrow('jobs failed in this tick');
    const told = house.lines.filter(({ event }) => event === 'wave.keys-gone');
    expect(told).toEqual([1, 2].map(() => expect.objectContaining({ fields: { wave: 'w1' } })));
    expect(told.map(({ level }) => level)).toEqual(['error', 'error']);
    // By this kind the alarm of failing jobs passes it over, which would else hide what fails after it.
    const failures = house.lines.filter(({ event }) => event === 'job.failed');
    expect(failures.map(({ fields }) => fields)).toEqual(
      [1, 2].map(() => ({ job: 'waves', kind: 'KeysGoneError' })),
    );
    expect((await auditOf(house)).slice(1)).toEqual(['programme wave.keys-gone w1']);
    const { notes } = await reviewSchedule(partsOf(house));
    expect(notes[0]).toEqual({ kind: 'keys-gone', words: { wave: 'w1' } });
  });

  it('keeps no later wave from opening', async () => {
    await expect(house.tickAt(later)).rejects.toThrow('jobs failed in this tick');
    expect(await findWave(house.db, 'w2')).toMatchObject({ status: 'open' });
    expect(await findWave(house.db, 'w1')).toMatchObject({ status: 'closing', keys: 'gone' });
    expect(await countOf(house, 'ballots', 'w1')).toBe(8);
  });

  it('ends without a release once an operator gives it up, and its answers go', async () => {
    expect(await abandon(house)).toEqual({ done: true, wave: 'w1' });
    expect(await abandon(house)).toMatchObject({ faults: [{ kind: 'keys-kept' }] });
    const members = await countOf(house, 'wave_members', 'w2');
    await tick(house.host.context);
    expect(await findWave(house.db, 'w1')).toMatchObject({ status: 'erased', keys: 'abandoned' });
    expect(await listReleases(house.db)).toEqual([]);
    for (const table of ['ballots', 'wave_members', 'participation'])
      expect(await countOf(house, table, 'w1')).toBe(0);
    expect(await countOf(house, 'wave_members', 'w2')).toBe(members);
    expect(await house.secrets.get(waveSecretName('w1', 'secret'))).toBeNull();
    expect((await auditOf(house)).slice(-3)).toEqual([
      'operator wave.abandoned w1',
      'programme wave.unpublished w1',
      'programme wave.erased w1',
    ]);
  });

  it('is shown as ended without a result, and the next wave as the first', async () => {
    const { schedule, notes } = await reviewSchedule(partsOf(house));
    const [first, second] = schedule.waves;
    expect(first).toMatchObject({ id: 'w1', state: 'abandoned', place: null });
    expect(second).toMatchObject({ id: 'w2', state: 'open', place: 'baseline' });
    expect(notes.map(({ kind }) => kind)).not.toContain('keys-gone');
  });
});

describe('a wave whose keys come back', () => {
  it('is counted, even when it was given up meanwhile', async () => {
    const { house, key } = await openKeyless();
    expect(await abandon(house)).toMatchObject({ done: true });
    await house.secrets.put(keyName, key);
    await tick(house.host.context);
    expect(await findWave(house.db, 'w1')).toMatchObject({ status: 'erased', keys: 'kept' });
    expect(await listReleases(house.db)).toHaveLength(1);
  });
});

describe('a wave whose keys are there', () => {
  it('is not given up, whatever is wished', async () => {
    const house = await openInvited();
    expect(await abandon(house)).toMatchObject({ faults: [{ kind: 'keys-kept' }] });
  });
});
