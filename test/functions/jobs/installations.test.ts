import { describe, expect, it } from 'vitest';
import { hour, minute } from '../../../core/clock.ts';
import { openInstallation } from '../../../core/installation-seal.ts';
import { leaseLane, listLanes, pauseLane } from '../../../core/store/outbox/lanes.ts';
import { nextTokenWork } from '../../../core/store/people/installations.ts';
import { onEvent } from '../../../functions/jobs/conversation/converse.ts';
import { takeInstallation, tokensJob } from '../../../functions/jobs/installations.ts';
import { dump } from '../../support/house.ts';
import { eventFrom, type Organisation, openOrganisation } from '../../support/slack/house.ts';

const lanes = async ({ db }: Organisation) =>
  (await listLanes(db)).map((lane) => [lane.workspaceId, lane.pausedReason]);

const pausedLines = ({ lines }: Organisation): readonly unknown[] =>
  lines.flatMap((line) => {
    const { event, ...told } = JSON.parse(line);
    return event === 'lane.paused' ? [told] : [];
  });

const run = (house: Organisation) => tokensJob.run(house.context, house.clock.now());

const changed = (
  house: Organisation,
  given: { enterpriseId: string | null; teamId: string | null; lost: boolean; at?: Date },
) => {
  const { lost, at = house.clock.now(), ...place } = given;
  const change = { place, lost, reason: lost ? 'app_uninstalled' : 'team_access_revoked' };
  const common = eventFrom(given.teamId ?? given.enterpriseId ?? '', at);
  return onEvent(house.context, { ...common, kind: 'installation', change });
};

describe('an installed workspace', () => {
  it('gets a lane and a published token; the store alone tells no token', async () => {
    const house = await openOrganisation();
    await house.install('T0SATU');
    const [grant] = house.grid.grants;
    expect(house.published('T0SATU')).toBe(grant?.access);
    expect(await lanes(house)).toEqual([['T0SATU', null]]);
    const stored = await dump(house.db);
    for (const token of [grant?.access, grant?.refresh]) expect(stored).not.toContain(token);
    expect(stored).toContain('installation.kept');
  });

  it('lets a lane go on that stood still, and comes twice without effect', async () => {
    const house = await openOrganisation();
    const sealed = await house.install('T0SATU');
    const lane = (await listLanes(house.db))[0]?.id ?? 0;
    const lease = await leaseLane(house.db, lane, { holder: 'a', now: house.clock.now() });
    if (lease === null) throw new Error('no lease');
    await pauseLane(house.db, lease, 'token_revoked');
    await takeInstallation(house.context, sealed);
    expect(await lanes(house)).toEqual([['T0SATU', 'token_revoked']]);
    house.state.at += 1000;
    await house.install('T0SATU');
    expect(await lanes(house)).toEqual([['T0SATU', null]]);
    expect(house.published('T0SATU')).toBe(house.grid.grants[1]?.access);
  });

  it('is forgotten when the app is uninstalled: no token anywhere, the lane stands still, nobody is blamed', async () => {
    const house = await openOrganisation();
    await house.install('T0SATU');
    house.state.at += minute;
    await changed(house, { enterpriseId: null, teamId: 'T0SATU', lost: true });
    expect(house.kept.size).toBe(0);
    expect(await lanes(house)).toEqual([['T0SATU', 'app_uninstalled']]);
    expect(await nextTokenWork(house.db)).toBeNull();
    expect(house.lines.join()).toMatch(/installation\.lost.*lane\.paused/);
  });

  it('stays when the news of an earlier loss comes late, after it was installed again', async () => {
    const house = await openOrganisation();
    await house.install('T0SATU');
    const uninstalled = new Date(house.state.at + minute);
    house.state.at += 2 * minute;
    await house.install('T0SATU');
    await changed(house, { enterpriseId: null, teamId: 'T0SATU', lost: true, at: uninstalled });
    expect(house.published('T0SATU')).not.toBeNull();
    expect(await lanes(house)).toEqual([['T0SATU', null]]);
  });
});

describe('an organisation without a team', () => {
  it('gets a lane for every workspace it lets the app into, and one token for all of them', async () => {
    const house = await openOrganisation();
    house.grid.granted = ['T0SATU', 'T0DUA', 'T0TIGA'];
    await house.install('E0ORG');
    expect(await lanes(house)).toEqual(house.grid.granted.map((id) => [id, null]));
    const tokens = new Set([...house.grid.granted, 'E0ORG'].map(house.published));
    expect([...tokens]).toEqual([house.grid.grants[0]?.access]);
  });

  it('follows its administrators: a workspace that comes gets a lane, one that goes stands still', async () => {
    const house = await openOrganisation();
    await house.install('E0ORG');
    house.state.at += minute;
    house.grid.granted = ['T0DUA', 'T0TIGA'];
    await changed(house, { enterpriseId: 'E0ORG', teamId: null, lost: false });
    expect(await lanes(house)).toEqual([
      ['T0SATU', 'team_access_revoked'],
      ['T0DUA', null],
      ['T0TIGA', null],
    ]);
    expect(['T0SATU', 'T0DUA', 'T0TIGA'].map((id) => house.published(id) !== null)).toEqual([
      false,
      true,
      true,
    ]);
  });

  it('loses one workspace, not everything, when the app is uninstalled there, and says lane.paused', async () => {
    const house = await openOrganisation();
    await house.install('E0ORG');
    house.state.at += minute;
    house.grid.granted = ['T0DUA'];
    await changed(house, { enterpriseId: 'E0ORG', teamId: 'T0SATU', lost: true });
    expect(await lanes(house)).toEqual([
      ['T0SATU', 'app_uninstalled'],
      ['T0DUA', null],
    ]);
    expect(pausedLines(house)).toEqual([{ lane: expect.any(Number), reason: 'app_uninstalled' }]);
  });

  it('is forgotten as a whole when its token is gone, and kept while Slack does not say', async () => {
    const house = await openOrganisation();
    await house.install('E0ORG');
    house.state.at += minute;
    const event = { enterpriseId: 'E0ORG', teamId: 'T0SATU', lost: true };
    house.grid.instead.set('auth.teams.list', [() => new Response('', { status: 503 })]);
    await expect(changed(house, event)).rejects.toThrow('unclear');
    expect(house.published('T0SATU')).not.toBeNull();
    house.grid.revoked.push(house.grid.grants[0]?.access ?? '');
    await changed(house, event);
    expect(house.kept.size).toBe(0);
  });
});

describe('concurrent token refresh', () => {
  it('is one call of Slack for ten at once, and the new token is published', async () => {
    const house = await openOrganisation();
    await house.install('T0SATU');
    const first = house.published('T0SATU');
    house.grid.calls.length = 0;
    house.grid.slow = 150;
    house.state.at += 10 * hour + 1;
    await Promise.all(Array.from({ length: 10 }, () => run(house)));
    expect(house.grid.named('oauth.v2.access')).toHaveLength(1);
    expect(house.published('T0SATU')).toBe(house.grid.grants[0]?.access);
    expect(house.published('T0SATU')).not.toBe(first);
    expect(house.lines.join()).not.toContain('not-renewed');
  });

  it('comes two hours before the end, not earlier, and again for the next pair', async () => {
    const house = await openOrganisation();
    await house.install('T0SATU');
    const at = await tokensJob.next(house.context, {
      now: house.clock.now(),
      outlook: { ran: new Map(), due: null, doubt: null },
    });
    expect(at).toEqual(new Date(house.state.at + 10 * hour));
    for (let round = 1; round <= 3; round += 1) {
      house.state.at += 10 * hour;
      await run(house);
      expect(house.grid.named('oauth.v2.access')).toHaveLength(1 + round);
    }
  });

  it('that fails is tried again in minutes with the old token still working, and said aloud when Slack refuses', async () => {
    const house = await openOrganisation();
    await house.install('T0SATU');
    const token = house.published('T0SATU');
    house.state.at += 10 * hour;
    house.grid.instead.set('oauth.v2.access', [
      () => Response.json({ ok: false, error: 'ratelimited' }, { status: 429 }),
      () => Response.json({ ok: false, error: 'invalid_refresh_token' }),
    ]);
    await run(house);
    expect(house.lines.join()).toContain('"state":"unclear"');
    expect(await nextTokenWork(house.db)).toEqual(new Date(house.state.at + 5 * minute));
    house.state.at += 5 * minute;
    await run(house);
    expect(house.lines.join()).toContain('invalid_refresh_token');
    expect(house.published('T0SATU')).toBe(token);
    house.state.at += 5 * minute;
    await run(house);
    expect(house.published('T0SATU')).not.toBe(token);
  });

  it('lets a lane go on that stood still because its token had ended', async () => {
    const house = await openOrganisation();
    await house.install('T0SATU');
    const lane = (await listLanes(house.db))[0]?.id ?? 0;
    const lease = await leaseLane(house.db, lane, { holder: 'a', now: house.clock.now() });
    if (lease === null) throw new Error('no lease');
    await pauseLane(house.db, lease, 'token_expired');
    house.state.at += 13 * hour;
    await run(house);
    expect(await lanes(house)).toEqual([['T0SATU', null]]);
  });

  it('does not happen for an app that does not rotate its tokens', async () => {
    const house = await openOrganisation();
    house.grid.lives = null;
    await house.install('T0SATU');
    expect(await nextTokenWork(house.db)).toBeNull();
  });

  it('is published once more after the secret store was away', async () => {
    const house = await openOrganisation();
    const { put } = house.secrets;
    const secrets = {
      ...house.secrets,
      put: async (name: string, value: string) => {
        if (house.lines.length === 0) {
          house.lines.push('away');
          throw new Error('away');
        }
        await put(name, value);
      },
    };
    Object.assign(house.context, { secrets });
    await expect(house.install('T0SATU')).rejects.toThrow('away');
    expect(house.published('T0SATU')).toBeNull();
    expect(await nextTokenWork(house.db)).toEqual(new Date(0));
    await run(house);
    expect(house.published('T0SATU')).toBe(house.grid.grants[0]?.access);
  });
});

describe('what is kept of an installation', () => {
  it('opens with a key that is being replaced, and with none that never sealed it', async () => {
    const house = await openOrganisation();
    const sealed = await house.install('T0SATU');
    const old = 'kunci-pemasangan-untuk-uji-coba-yang-panjang';
    const fresh = 'kunci-baru-untuk-uji-coba-yang-juga-panjang';
    expect(await openInstallation([fresh, old], sealed)).toMatchObject({ teamId: 'T0SATU' });
    await expect(openInstallation([fresh], sealed)).rejects.toThrow('no key opens');
  });

  it('is not taken for another workspace when a row is copied onto it', async () => {
    const house = await openOrganisation();
    await house.install('T0SATU');
    await house.db.deleteFrom('installed_workspaces').execute();
    await house.db
      .updateTable('installations')
      .set({ team_id: 'T0LAIN', published: false })
      .execute();
    await expect(run(house)).rejects.toThrow('another place');
    expect(house.published('T0LAIN')).toBeNull();
  });
});
