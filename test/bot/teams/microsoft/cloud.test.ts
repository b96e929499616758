import { describe, expect, it } from 'vitest';
import { teamsCloud, teamsClouds } from '../../../../bot/teams/microsoft/cloud.ts';
import { entraMetadataUrl } from '../../../../bot/teams/microsoft/sign-in.ts';
import { teamsVerifier } from '../../../../bot/teams/verify.ts';
import { loadConfig } from '../../../../core/config.ts';
import { ConfigError } from '../../../../core/errors.ts';
import { teamsAccounts } from '../../../../functions/app/teams/registrations.ts';
import { doorSettings, jobSettings } from '../../../functions/one-person.ts';
import { bearer, known } from '../../../support/teams/forgeries.ts';
import {
  activityOf,
  appId,
  honestClaims,
  keySet,
  now,
  tenantId,
} from '../../../support/teams/tokens.ts';

const names = Object.keys(teamsClouds) as readonly (keyof typeof teamsClouds)[];

/** What Microsoft writes of each: issuer, description of the keys, Connector, sign-in, scope. */
const written = {
  public: [
    'https://api.botframework.com',
    'https://login.botframework.com/v1/.well-known/openidconfiguration',
    'https://smba.trafficmanager.net/teams/',
    'https://login.microsoftonline.com',
    'https://api.botframework.com/.default',
  ],
  gcc: [
    'https://api.botframework.com',
    'https://login.botframework.com/v1/.well-known/openidconfiguration',
    'https://smba.infra.gcc.teams.microsoft.com/teams/',
    'https://login.microsoftonline.com',
    'https://api.botframework.com/.default',
  ],
  'gcc-high': [
    'https://api.botframework.us',
    'https://login.botframework.azure.us/v1/.well-known/openidconfiguration',
    'https://smba.infra.gov.teams.microsoft.us/teams/',
    'https://login.microsoftonline.us',
    'https://api.botframework.us/.default',
  ],
  dod: [
    'https://api.botframework.us',
    'https://login.botframework.azure.us/v1/.well-known/openidconfiguration',
    'https://smba.infra.dod.teams.microsoft.us/teams/',
    'https://login.microsoftonline.us',
    'https://api.botframework.us/.default',
  ],
  china: [
    'https://api.botframework.azure.cn',
    'https://login.botframework.azure.cn/v1/.well-known/openidconfiguration',
    null,
    'https://login.partner.microsoftonline.cn',
    'https://api.botframework.azure.cn/.default',
  ],
} as const;

/** Whether a verifier of one cloud takes an activity whose token and service URL are of another. */
const takes = async (mine: keyof typeof teamsClouds, issuer: string, host: string) => {
  const { issuer: own, hosts } = teamsClouds[mine];
  const verify = teamsVerifier({
    registrations: [{ tenantId, appId }],
    issuer: own,
    hosts,
    keys: keySet([known]),
    now: () => now,
  });
  const serviceUrl = `https://${host}/teams/`;
  const authorization = await bearer({ ...honestClaims, iss: issuer, serviceurl: serviceUrl });
  const body = JSON.stringify(activityOf({ serviceUrl }));
  return (await verify({ headers: new Headers({ authorization }), body })).ok;
};

describe('Microsoft’s clouds', () => {
  it.each(names)('%s has the keys, the addresses and the scope that Microsoft writes', (name) => {
    const { issuer, metadataUrl, serviceUrl, login, scope, hosts } = teamsClouds[name];
    expect([issuer, metadataUrl, serviceUrl, login, scope]).toEqual(written[name]);
    // The first message of all goes to a host that may have the token.
    if (serviceUrl !== null) expect(hosts).toContain(new URL(serviceUrl).host);
    expect(entraMetadataUrl(teamsClouds[name], 'penyewa')).toBe(
      `${login}/penyewa/v2.0/.well-known/openid-configuration`,
    );
  });

  it.each(names)(
    '%s takes its own activities, and those of no cloud with other keys',
    async (mine) => {
      for (const name of names) {
        const { issuer, hosts } = teamsClouds[name];
        const sameKeys = issuer === teamsClouds[mine].issuer;
        for (const host of hosts) {
          const known: readonly string[] = teamsClouds[mine].hosts;
          expect(await takes(mine, issuer, host)).toBe(sameKeys && known.includes(host));
        }
      }
    },
  );

  it('believes no token of one cloud for the Connector of another', async () => {
    const [govHost] = teamsClouds['gcc-high'].hosts;
    expect(await takes('gcc-high', teamsClouds.public.issuer, govHost)).toBe(false);
    expect(await takes('public', teamsClouds.public.issuer, govHost)).toBe(false);
    expect(await takes('gcc-high', teamsClouds['gcc-high'].issuer, govHost)).toBe(true);
  });
});

describe('TEAMS_CLOUD', () => {
  it('is the public cloud without a value, and names the clouds there are for any other word', () => {
    for (const none of [undefined, '']) expect(teamsCloud(none)).toBe(teamsClouds.public);
    expect(() => teamsCloud('bulan')).toThrow(
      new ConfigError('TEAMS_CLOUD: found bulan, allowed public, gcc, gcc-high, dod, china'),
    );
  });

  it('is known to the settings by the same names', () => {
    const env = { ...doorSettings, ...jobSettings, DATABASE_URL: 'postgres://contoh' };
    for (const name of names)
      expect(loadConfig({ ...env, TEAMS_CLOUD: name }).TEAMS_CLOUD).toBe(name);
    expect(() => loadConfig({ ...env, TEAMS_CLOUD: 'bulan' })).toThrow(/TEAMS_CLOUD/);
  });

  it('goes with every registration, and with no app of a catalogue where Graph installs none', () => {
    const config = {
      TEAMS_APP_ID: appId,
      TEAMS_TENANTS: tenantId,
      TEAMS_APP_PASSWORD: 'sandi',
      TEAMS_CATALOG_APPS: undefined,
    };
    const [account] = teamsAccounts({ ...config, TEAMS_CLOUD: 'dod' });
    expect(account?.cloud).toBe(teamsClouds.dod);
    const asking = { ...config, TEAMS_CATALOG_APPS: 'b1c5353a-7aca-41b3-830f-27d5218fe0e5' };
    expect(teamsAccounts(asking)).toHaveLength(1);
    expect(() => teamsAccounts({ ...asking, TEAMS_CLOUD: 'gcc-high' })).toThrow(
      'TEAMS_CATALOG_APPS: found with TEAMS_CLOUD=gcc-high',
    );
  });
});
