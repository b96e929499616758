import { describe, expect, it } from 'vitest';
import { withoutAnswers } from '../../../../bot/slack/forms/answers.ts';
import { dedupeKey, parseSlack } from '../../../../bot/slack/parse.ts';
import { memberOf } from '../../../../bot/slack/workspace/member.ts';

const at = new Date('2026-12-07T01:30:00.000Z');
const envelope = (event: object, around: object = {}) => ({
  type: 'event_callback',
  team_id: 'T1',
  event_id: 'Ev1',
  event_time: at.getTime() / 1000,
  event,
  ...around,
});
const read = (event: object, around: object = {}) => parseSlack(envelope(event, around), at, null);
const whole = {
  team_id: 'T1',
  enterprise_id: 'E1',
  authorizations: [{ enterprise_id: 'E1', team_id: null, is_enterprise_install: true }],
};
const user = {
  id: 'U7',
  name: 'sari',
  tz: 'Asia/Makassar',
  tz_offset: 28_800,
  profile: { email: 'sari@contoh.example', phone: '0812', real_name: 'Sari Contoh' },
};

describe('a member', () => {
  it('comes with address and zone by name, never by offset', () => {
    for (const type of ['team_join', 'user_change'])
      expect(read({ type, user })).toMatchObject({
        kind: 'member',
        key: 'slack/T1/Ev1',
        from: { workspaceId: 'T1' },
        member: {
          userId: 'U7',
          email: 'sari@contoh.example',
          zone: 'Asia/Makassar',
          status: 'staff',
        },
      });
  });

  it('leaves name, picture and telephone behind in the door', () => {
    const kept = withoutAnswers(envelope({ type: 'user_change', user }));
    for (const gone of ['sari"', 'Sari Contoh', '0812', '28800'])
      expect(JSON.stringify(kept)).not.toContain(gone);
    expect(parseSlack(kept, at, null)).toEqual(read({ type: 'user_change', user }));
  });

  it('is gone when deactivated, a guest by any of three signs, and nobody when a bot', () => {
    expect(memberOf({ ...user, deleted: true })?.status).toBe('gone');
    for (const sign of ['is_restricted', 'is_ultra_restricted', 'is_stranger'])
      expect(memberOf({ ...user, [sign]: true })?.status).toBe('guest');
    expect(memberOf({ ...user, is_bot: true })).toBeNull();
    expect(memberOf({ ...user, is_bot: true, deleted: true })).toBeNull();
    expect(memberOf({ ...user, id: 'USLACKBOT' })).toBeNull();
    for (const other of [null, 'U7', {}, { id: '' }]) expect(memberOf(other)).toBeNull();
  });

  it('without an address or a zone has none', () => {
    expect(memberOf({ id: 'U7' })).toEqual({
      userId: 'U7',
      email: null,
      zone: null,
      status: 'staff',
    });
    expect(memberOf({ ...user, tz: '', profile: { email: '' } })).toMatchObject({
      email: null,
      zone: null,
    });
  });
});

describe('an installation', () => {
  it('is lost with the app or with the bot token, not with a token of a user', () => {
    const place = { enterpriseId: null, teamId: 'T1' };
    expect(read({ type: 'app_uninstalled' })).toMatchObject({
      kind: 'installation',
      at,
      change: { place, lost: true, reason: 'app_uninstalled' },
    });
    const tokens = { bot: ['U0BOT'], oauth: ['U1'] };
    expect(read({ type: 'tokens_revoked', tokens })).toMatchObject({
      change: { place, lost: true, reason: 'tokens_revoked' },
    });
    expect(read({ type: 'tokens_revoked', tokens: { oauth: ['U1'] } })).toBeNull();
    expect(read({ type: 'tokens_revoked', tokens: { bot: [] } })).toBeNull();
  });

  it('of an organisation is named by the organisation, whatever workspace the event happened in', () => {
    const place = { enterpriseId: 'E1', teamId: null };
    expect(read({ type: 'app_uninstalled' }, whole)).toMatchObject({ change: { place } });
    for (const type of ['team_access_granted', 'team_access_revoked'])
      expect(read({ type, team_ids: ['T2'] }, whole)).toMatchObject({
        change: { place, lost: false, reason: type },
      });
  });

  it('without a team is read all the same, and has a key', () => {
    const bare = { team_id: null, enterprise_id: 'E1' };
    const granted = { type: 'team_access_granted', team_ids: ['T2'] };
    expect(read(granted, bare)).toMatchObject({ from: { workspaceId: 'E1' } });
    expect(dedupeKey(envelope(granted, bare))).toBe('slack/E1/Ev1');
    const home = { type: 'app_home_opened', user: 'U1', tab: 'home' };
    const authorizations = [{ enterprise_id: 'E1', team_id: 'T9', is_enterprise_install: false }];
    expect(read(home, { team_id: undefined, authorizations })).toMatchObject({
      kind: 'home',
      from: { workspaceId: 'T9' },
    });
  });
});
