import { describe, expect, it } from 'vitest';
import { teamsClouds } from '../../../bot/teams/microsoft/cloud.ts';
import { teamsAccounts, teamsRegistrations } from '../../../functions/app/teams/registrations.ts';

const { public: cloud } = teamsClouds;

describe('the registrations in the settings', () => {
  it('are none without Teams', () => {
    expect(teamsRegistrations({})).toEqual([]);
    expect(teamsAccounts({})).toEqual([]);
  });

  it('are told in small letters, however they were written', () => {
    expect(teamsRegistrations({ TEAMS_APP_ID: 'APP', TEAMS_TENANTS: 'T1' })).toEqual([
      { tenantId: 't1', appId: 'app' },
    ]);
  });

  it('let one app serve all tenants, signed in where it is registered', () => {
    const config = { TEAMS_APP_ID: 'app', TEAMS_TENANTS: 't1, t2', TEAMS_APP_PASSWORD: 'sandi' };
    const shared = { appId: 'app', home: 't1', cloud, password: 'sandi', catalogApp: null };
    expect(teamsAccounts(config)).toEqual([
      { tenantId: 't1', ...shared },
      { tenantId: 't2', ...shared },
    ]);
  });

  it('give each tenant its own app, credentials and catalogue where they are listed', () => {
    const config = {
      TEAMS_APP_ID: 'a1,a2',
      TEAMS_TENANTS: 't1,t2',
      TEAMS_APP_PASSWORD: 'p1,managed-identity',
      TEAMS_CATALOG_APPS: 'c1,c2',
    };
    expect(teamsRegistrations(config)).toEqual([
      { tenantId: 't1', appId: 'a1' },
      { tenantId: 't2', appId: 'a2' },
    ]);
    expect(teamsAccounts(config)).toEqual([
      { tenantId: 't1', appId: 'a1', home: 't1', cloud, password: 'p1', catalogApp: 'c1' },
      {
        tenantId: 't2',
        appId: 'a2',
        home: 't2',
        cloud,
        password: 'managed-identity',
        catalogApp: 'c2',
      },
    ]);
  });
});
