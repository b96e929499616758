import { ClientSecretCredential } from '@azure/identity';
import { describe, expect, it, vi } from 'vitest';
import { teamsClouds } from '../../../bot/teams/microsoft/cloud.ts';
import { ConfigError } from '../../../core/errors.ts';
import { entraToken } from '../../../functions/app/teams/entra.ts';
import { entraServer, identityEndpoint } from '../../support/teams/entra-server.ts';

const { scope: connectorScope, graph } = teamsClouds.public;
const graphScope = `${graph}/.default`;

const account = {
  tenantId: 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee',
  appId: '11111111-2222-4333-8444-555555555555',
  password: 'sandi',
};

describe('a token of Entra ID through its own library', () => {
  it('is asked for with the secret, in the tenant, for one scope, and kept', async () => {
    const server = entraServer();
    const token = entraToken(account, graphScope, async ({ tenantId, appId, password }) => {
      return new ClientSecretCredential(tenantId, appId, password, server.options);
    });
    expect([await token(), await token()]).toEqual(['token-1', 'token-1']);
    expect(server.asked).toHaveLength(1);
    expect(server.asked[0]).toMatchObject({
      path: `/${account.tenantId}/oauth2/v2.0/token`,
      form: {
        grant_type: 'client_credentials',
        client_id: account.appId,
        client_secret: 'sandi',
        scope: graphScope,
      },
    });
  });

  it('is a fault of the settings when the secret is refused, and not when nobody answers', async () => {
    const server = entraServer();
    const token = entraToken(account, connectorScope, async ({ tenantId, appId, password }) => {
      return new ClientSecretCredential(tenantId, appId, password, server.options);
    });
    server.state.answer = 'refused';
    await expect(token()).rejects.toThrow(ConfigError);
    server.state.answer = 'down';
    await expect(token()).rejects.not.toThrow(ConfigError);
    server.state.answer = 'granted';
    expect(await token()).toBe('token-2');
  });

  it('comes without a secret where the bot is a managed identity of the host', async () => {
    const endpoint = await identityEndpoint();
    vi.stubEnv('IDENTITY_ENDPOINT', endpoint.url);
    vi.stubEnv('IDENTITY_HEADER', 'kepala');
    const bot = { ...account, password: 'managed-identity' };
    expect(await entraToken(bot, connectorScope)()).toBe('token-1');
    expect(endpoint.asked).toEqual([
      {
        'api-version': '2019-08-01',
        client_id: account.appId,
        resource: 'https://api.botframework.com',
        header: 'kepala',
      },
    ]);
    vi.unstubAllEnvs();
    endpoint.stop();
  });
});
