import { describe, expect, it } from 'vitest';
import { managedIdentity } from '../../../functions/azure/identity.ts';
import { keyVaultSecrets } from '../../../functions/azure/key-vault.ts';
import { identityEndpoint, identityHeader, openAzure, vaultUrl } from './cloud.ts';

const open = (header = identityHeader) => {
  const time = { at: Date.parse('2026-10-26T00:00:00Z'), slept: 0 };
  const clock = {
    now: () => new Date(time.at),
    sleep: async (milliseconds: number) => {
      time.slept += milliseconds;
    },
  };
  const nobody: typeof fetch = async () => new Response(null, { status: 404 });
  const azure = openAzure(nobody, clock.now);
  const { fetch } = azure;
  const identity = managedIdentity({ endpoint: identityEndpoint, header, fetch, clock });
  return { ...azure, time, secrets: keyVaultSecrets({ vaultUrl, identity, fetch, clock }) };
};

describe('secrets on Azure', () => {
  it('are made, replaced, read and purged, and the name is free again', async () => {
    const { secrets, vault } = open();
    expect(await secrets.get('wave-w1-secret')).toBeNull();
    await secrets.put('wave-w1-secret', 'satu');
    await secrets.put('wave-w1-secret', 'dua');
    expect(await secrets.get('wave-w1-secret')).toBe('dua');
    await secrets.remove('wave-w1-secret');
    expect(await secrets.get('wave-w1-secret')).toBeNull();
    expect(vault.deleted.size).toBe(0);
    await secrets.put('wave-w1-secret', 'tiga');
    await secrets.remove('wave-w1-secret');
    await secrets.remove('wave-w1-secret');
  });

  it('are purged however long the deletion takes, and one deleted earlier is purged too', async () => {
    const { secrets, vault, time } = open();
    await secrets.put('wave-w1-secret', 'satu');
    vault.busy = 4;
    await secrets.remove('wave-w1-secret');
    expect(vault.deleted.size).toBe(0);
    expect(time.slept).toBe(6_000);
    vault.deleted.set('wave-w2-secret', 'tersisa');
    await secrets.remove('wave-w2-secret');
    expect(vault.deleted.size).toBe(0);
  });

  it('that cannot be purged are a failure, never called gone', async () => {
    const { secrets, vault } = open();
    await secrets.put('wave-w1-secret', 'satu');
    vault.purgeProtected = true;
    await expect(secrets.remove('wave-w1-secret')).rejects.toThrow('refuses to purge');
    vault.purgeProtected = false;
    vault.busy = 1_000;
    await secrets.put('wave-w2-secret', 'dua');
    await expect(secrets.remove('wave-w2-secret')).rejects.toThrow('not purged');
  });

  it('cannot be addressed by a name that is none', async () => {
    const { secrets } = open();
    await expect(secrets.get('a/../b')).rejects.toThrow('not allowed');
  });

  it('are read with one token until five minutes before its end, and not without the host', async () => {
    const { secrets, state, time } = open();
    await secrets.get('a');
    time.at += 55 * 60_000 - 1;
    await secrets.get('a');
    expect(state.tokens).toBe(1);
    time.at += 1;
    await secrets.get('a');
    expect(state.tokens).toBe(2);
    await expect(open('salah').secrets.get('a')).rejects.toThrow('answered 401');
  });
});
