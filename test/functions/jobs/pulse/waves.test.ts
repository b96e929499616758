import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { actionIds } from '../../../../core/conversation/message.ts';
import type { LocalMessage } from '../../../../core/store/local-messages.ts';
import { advanceWave } from '../../../../core/store/pulse/waves.ts';
import { listReleases } from '../../../../core/store/results/releases.ts';
import { waveSecretName } from '../../../../functions/jobs/pulse/wave-secrets.ts';
import { wavesJob } from '../../../../functions/jobs/pulse/waves.ts';
import { tick } from '../../../../functions/jobs/tick.ts';
import { sampleKeys, smallestUnit } from '../../../../functions/local/sample/agency.ts';
import { pulseAnswers } from '../../../../functions/local/sample/behaviour.ts';
import { fragile } from '../../../support/fragile.ts';
import { dump, type House, openHouse } from '../../../support/house.ts';
import { isPulse, pulseOf, voters } from '../../../support/pulse.ts';

const opening = '2026-10-12T00:00:00Z';
const invited = '2026-10-12T03:00:00Z';
const close = '2026-10-23T10:00:00Z';
const counted = '2026-10-23T10:15:00Z';

const rows = async <T>({ db }: House, query: ReturnType<typeof sql<T>>) =>
  (await query.execute(db)).rows;
const count = async (house: House, table: string): Promise<number> =>
  (await rows(house, sql<{ n: number }>`SELECT count(*)::int AS n FROM ${sql.table(table)}`))[0]
    ?.n ?? -1;

const invite = async (house: House): Promise<void> => {
  for (const at of [opening, '2026-10-12T01:00:00Z', '2026-10-12T02:00:00Z', invited])
    await house.tickAt(at);
};

/** Sends the answers and leaves them on the queue. */
const send = async (house: House, message: LocalMessage, comment: string | null = null) => {
  const survey = house.host.context.catalogue.survey;
  const [wave] = await rows(house, sql<{ id: string; items: string[] }>`SELECT * FROM waves`);
  const items = survey.items.filter(({ id }) => wave?.items.includes(id));
  const answers = pulseAnswers(items, { userId: message.userId, unit: '', wave: wave?.id ?? '' });
  const { userId } = message;
  return house.actor(message.platform).answerPulse({ userId, message, answers, comment });
};

const answer = async (...sent: Parameters<typeof send>) => {
  const result = await send(...sent);
  await sent[0].host.drain();
  return result;
};

describe('a wave', () => {
  let house: House;
  const store = fragile();
  beforeAll(async () => {
    house = await openHouse({
      now: '2026-10-11T17:00:00Z',
      welcomed: true,
      wrapSecrets: store.wrap,
    });
    house.host.clock.moveTo(new Date(opening));
    const launches = [1, 2, 3].map(() => wavesJob.run(house.host.context, new Date(opening)));
    await Promise.all(launches);
    await invite(house);
  });

  it('opens once for everybody at work, with keys that open its boxes', async () => {
    const [wave] = await rows(house, sql`SELECT id, status, invited FROM waves`);
    const members = await count(house, 'wave_members');
    expect(wave).toEqual({ id: 'w1', status: 'open', invited: members });
    const expected = await rows(
      house,
      sql`SELECT p.id FROM people p LEFT JOIN preferences f ON f.person_id = p.id
        WHERE p.status = 'active' AND f.stopped_at IS NULL`,
    );
    expect(members).toBe(expected.length);
  });

  it('takes a sealed ballot from the Slack form and the Teams card', async () => {
    for (const [platform, key] of [
      ['slack', sampleKeys.slackStaff],
      ['teams', sampleKeys.teamsStaff],
    ] as const) {
      const before = await count(house, 'ballots');
      const result = await answer(
        house,
        pulseOf(house, platform, key),
        `komentar-9137-${platform}`,
      );
      expect(result.error).toBeUndefined();
      expect(await count(house, 'ballots')).toBe(before + 1);
    }
    const stored = await dump(house.db);
    expect(stored.includes('komentar-9137')).toBe(false);
    expect(JSON.stringify(house.host.messages()).includes('komentar-9137')).toBe(false);
  });

  it('keeps the newest of a person’s answers', async () => {
    const message = pulseOf(house, 'slack', sampleKeys.slackStaff);
    const sealed = () => rows(house, sql<{ sealed: string }>`SELECT sealed FROM ballots`);
    const before = (await sealed()).map((one) => one.sealed);
    house.host.clock.moveTo(new Date('2026-10-12T03:10:00Z'));
    await answer(house, message);
    const after = (await sealed()).map((one) => one.sealed);
    expect(after).toHaveLength(before.length);
    expect(after.filter((one) => !before.includes(one))).toHaveLength(1);
  });

  it('reminds on the third day who has neither answered nor skipped, and no row tells who that was', async () => {
    for (const at of ['2026-10-13T00:00:00Z', '2026-10-14T00:00:00Z']) await house.tickAt(at);
    const skipping = ['KC-0022', 'KC-0027'] as const;
    await house.press(pulseOf(house, 'slack', skipping[0]), actionIds.skipPulse);
    await house.press(pulseOf(house, 'teams', skipping[1]), actionIds.skipPulse);
    const both = await house.idOf(sampleKeys.prefersTeams);
    await sql`UPDATE identities SET preferred = false WHERE person_id = ${both}`.execute(house.db);
    await sql`UPDATE identities SET preferred = true
      WHERE person_id = ${both} AND platform = 'slack'`.execute(house.db);
    const before = house.host.messages().length;
    house.host.setFault('slack', 'throttled');
    for (const hour of ['01', '02', '03']) await house.tickAt(`2026-10-14T${hour}:00:00Z`);
    house.host.setFault('slack', null);
    for (const minute of ['02', '04', '06', '10'])
      await house.tickAt(`2026-10-14T03:${minute}:00Z`);
    const reminded = house.host
      .messages()
      .slice(before)
      .filter((one) => isPulse(house, one));
    const ballots = await count(house, 'ballots');
    const [{ states, total } = { states: [], total: 0 }] = await rows(
      house,
      sql<{ states: string[]; total: number }>`
        SELECT array_agg(DISTINCT concat(state, reason, attempt, key, ref)) AS states,
          count(*)::int AS total FROM outbox
        WHERE stream = 'pulse-reminder' AND slot = '2026-10-14'
          AND state NOT IN ('skipped', 'unreachable')`,
    );
    expect(states).toEqual(['settledreminder0']);
    expect(reminded).toHaveLength(total - ballots - skipping.length);
    expect(reminded.map(({ userId }) => userId)).not.toContain('U0CONTOH0020');
    expect(reminded.some(({ platform }) => platform === 'slack')).toBe(true);
  });

  it('tells participation in bands only, once a day, and never of a small group', async () => {
    const bands = await rows(
      house,
      sql<{ band: string; local_day: string }>`SELECT * FROM participation`,
    );
    expect(bands.length).toBeGreaterThan(5);
    for (const { band } of bands) expect(band).toMatch(/^((≤ 19|\d0–\d9|≥ 80) %|small|protect)$/);
    await answer(house, pulseOf(house, 'teams', 'KC-0023'));
    await tick(house.host.context);
    expect(await rows(house, sql`SELECT * FROM participation`)).toEqual(bands);
    const small = await rows(
      house,
      sql`SELECT band FROM participation JOIN units u ON u.id = unit_id
        WHERE u.code = ${smallestUnit}`,
    );
    expect(small).toEqual([{ band: 'small' }]);
  });

  it('gives a person on both chats one ballot', async () => {
    const key = sampleKeys.prefersTeams;
    const before = await count(house, 'ballots');
    await answer(house, pulseOf(house, 'teams', key));
    expect(await count(house, 'ballots')).toBe(before + 1);
    // The reminder came on the other chat.
    house.host.clock.moveTo(new Date('2026-10-14T04:00:00Z'));
    await answer(house, pulseOf(house, 'slack', key));
    expect(await count(house, 'ballots')).toBe(before + 1);
    const newest = await rows(
      house,
      sql`SELECT max(platform_time) AS at FROM ballots WHERE wave_id = 'w1'`,
    );
    expect(newest).toEqual([{ at: new Date('2026-10-14T04:00:00Z') }]);
  });

  let late: readonly LocalMessage[] = [];
  it('takes many in without a trace of what they say', async () => {
    late = [pulseOf(house, 'slack', 'KC-0024'), pulseOf(house, 'teams', 'KC-0025')];
    for (const message of [...voters(house).values()].slice(0, 150))
      await answer(house, message, 'komentar-9137');
    expect(await count(house, 'ballots')).toBeGreaterThan(100);
    expect((await dump(house.db)).includes('komentar-9137')).toBe(false);
  });

  it('counts a ballot sent before the close and handled after it', async () => {
    const silent = [...voters(house).values()].slice(150);
    const answered = ['U0CONTOH0020', 'U0CONTOH0140'];
    const message = silent.find(
      ({ platform, userId }) => platform === 'slack' && !answered.includes(userId),
    );
    if (message === undefined) throw new Error('everybody has answered');
    const before = await count(house, 'ballots');
    house.host.clock.moveTo(new Date(Date.parse(close) - 1000));
    await send(house, message);
    house.host.clock.moveTo(new Date(Date.parse(close) + 5 * 60_000));
    await tick(house.host.context);
    expect(await count(house, 'ballots')).toBe(before);
    await house.host.drain();
    expect(await count(house, 'ballots')).toBe(before + 1);
  });

  it('closes into exactly one release although the secret store fails twice, and forgets the rest', async () => {
    store.failNext(2);
    house.host.clock.moveTo(new Date(counted));
    // A crash right after the first step of the close.
    await advanceWave(house.db, 'w1', { from: 'open', to: 'closing' });
    await expect(tick(house.host.context)).rejects.toThrow();
    expect(await rows(house, sql`SELECT status FROM waves WHERE id = 'w1'`)).toEqual([
      { status: 'published' },
    ]);
    await tick(house.host.context).catch(() => undefined);
    await tick(house.host.context);
    await tick(house.host.context);
    expect(await rows(house, sql`SELECT status FROM waves WHERE id = 'w1'`)).toEqual([
      { status: 'erased' },
    ]);
    expect(await count(house, 'releases')).toBe(1);
    for (const table of ['ballots', 'wave_members', 'participation'])
      expect(await count(house, table)).toBe(0);
    for (const part of ['private-key', 'secret'] as const)
      expect(await house.secrets.get(waveSecretName('w1', part))).toBeNull();
    const reminders = await rows(house, sql`SELECT 1 FROM outbox WHERE stream = 'pulse-reminder'`);
    expect(reminders).toEqual([]);
    await house.host.flush();
    // Comments stand in the release, shuffled and beside no person, and nowhere else.
    const stored = await dump(house.db, ['releases']);
    expect(stored.includes('komentar-9137')).toBe(false);
    for (const message of late) {
      await answer(house, message);
      const shown = house.host.messages().filter((one) => one.userId === message.userId);
      expect(JSON.stringify(shown.at(-1)?.payload)).toMatch(/sudah ditutup|has closed/);
    }
    expect(await count(house, 'ballots')).toBe(0);
  });

  it('publishes no group of fewer than six, and most cells of the others', async () => {
    const [release] = await listReleases(house.db);
    if (release === undefined) throw new Error('no release');
    expect(release.audit.unreadable).toBe(0);
    const small = release.groups.find(({ name }) => name === 'Tim Kerja Inovasi Layanan')?.unit;
    expect(release.cells.filter(({ unit, shown }) => unit === small && shown)).toEqual([]);
    expect(release.cells.filter(({ unit }) => unit === small).length).toBeGreaterThan(0);
    expect(release.participation.find(({ unit }) => unit === small)?.band).toBeNull();
    const units = new Set(
      release.groups.flatMap(({ kind, unit }) => (kind === 'unit' ? [unit] : [])),
    );
    const figures = release.cells.filter(({ aspect, unit }) => aspect !== 'all' && units.has(unit));
    const shown = figures.filter((cell) => cell.shown);
    expect(shown.length / figures.length).toBeGreaterThanOrEqual(0.6);
    for (const cell of release.cells) if (cell.shown) expect(cell.band).not.toMatch(/^[0-5]\b/);
  });
});
