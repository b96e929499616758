import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { ConfigError } from '../../../core/errors.ts';
import { awsSecrets } from '../../../functions/aws/secrets.ts';
import { withSecrets } from '../../../functions/aws/settings.ts';
import { startAmazon } from './amazon.ts';

const amazon = await startAmazon();
for (const [name, value] of Object.entries(amazon.environment)) vi.stubEnv(name, value);
afterAll(async () => {
  vi.unstubAllEnvs();
  await amazon.stop();
});
const client = new SecretsManagerClient({ maxAttempts: 1 });
const secrets = awsSecrets(client, 'langkah/run/');

describe('secrets on AWS', () => {
  it('are made, replaced, read and gone at once', async () => {
    expect(await secrets.get('wave-w1-secret')).toBeNull();
    await secrets.put('wave-w1-secret', 'satu');
    await secrets.put('wave-w1-secret', 'dua');
    expect(await secrets.get('wave-w1-secret')).toBe('dua');
    expect([...amazon.secrets.keys()]).toEqual(['langkah/run/wave-w1-secret']);
    await secrets.remove('wave-w1-secret');
    await secrets.remove('wave-w1-secret');
    expect(await secrets.get('wave-w1-secret')).toBeNull();
    expect(amazon.secrets.size).toBe(0);
  });

  it('are not called gone while somebody could still recover them', async () => {
    amazon.secrets.set('langkah/run/wave-w2-secret', null);
    await expect(secrets.get('wave-w2-secret')).rejects.toThrow('InvalidRequestException');
    await expect(secrets.remove('wave-w2-secret')).rejects.toThrow('InvalidRequestException');
  });
});

describe('settings on AWS', () => {
  const login = { username: 'langkah', password: 'p/@ss:w', host: 'db.contoh', port: 5432 };
  const settle = async (stored: Readonly<Record<string, string>>) => {
    amazon.secrets.clear();
    for (const [name, value] of Object.entries(stored)) amazon.secrets.set(name, value);
    const env = { SETTINGS_SECRETS: 'a,b', DATABASE_SECRET: 'db', AGENCY_ZONE: 'Asia/Makassar' };
    return withSecrets(env, awsSecrets(client, ''));
  };

  it('come from all named secrets, without the empty ones, with the database as an address', async () => {
    const db = JSON.stringify({ ...login, dbname: 'langkah' });
    const env = await settle({ a: '{"TICKET_KEY":"k","X":""}', b: '{"ROSTER_KEY":"r"}', db });
    expect(env).toMatchObject({ TICKET_KEY: 'k', ROSTER_KEY: 'r', AGENCY_ZONE: 'Asia/Makassar' });
    expect(env).not.toHaveProperty('X');
    expect(env['DATABASE_URL']).toBe('postgres://langkah:p%2F%40ss%3Aw@db.contoh:5432/langkah');
  });

  it('name the secret that is missing or unreadable, never what it holds', async () => {
    await expect(settle({ a: '{}' })).rejects.toThrow(new ConfigError('there is no secret b'));
    const broken = settle({ a: '{}', b: 'rahasia{', db: '{}' });
    await expect(broken).rejects.toThrow(
      new ConfigError('secret b does not hold the expected JSON'),
    );
    const db = JSON.stringify(login);
    await expect(settle({ a: '{}', b: '{}', db })).rejects.toThrow('secret db does not hold');
  });
});
