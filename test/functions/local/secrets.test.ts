import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ownSecret } from '../../../functions/jobs/own-secret.ts';
import { fileSecrets } from '../../../functions/local/secrets.ts';

const home = await mkdtemp(join(tmpdir(), 'langkah-secrets-'));
afterAll(() => rm(home, { recursive: true, force: true }));

describe('a local secret', () => {
  const directory = join(home, 'secrets');
  const secrets = fileSecrets(directory);

  it('is read back, replaced, and readable by its owner alone', async () => {
    expect(await secrets.get('wave-w1-secret')).toBeNull();
    await secrets.put('wave-w1-secret', 'lama');
    await secrets.put('wave-w1-secret', 'baru');
    expect(await secrets.get('wave-w1-secret')).toBe('baru');
    const { mode } = await stat(join(directory, 'wave-w1-secret'));
    expect(mode & 0o077).toBe(0);
  });

  it('is unreadable once removed, a half-written copy included', async () => {
    await secrets.put('wave-w2-secret', 'rahasia');
    await writeFile(join(directory, 'wave-w2-secret.new'), 'rahasia');
    await secrets.remove('wave-w2-secret');
    await secrets.remove('wave-w2-secret');
    expect(await secrets.get('wave-w2-secret')).toBeNull();
    expect((await readdir(directory)).filter((name) => name.includes('w2'))).toEqual([]);
  });

  it.each(['../luar', 'a/b', '', '.tersembunyi', 'BESAR', 'a b'])(
    'is refused under the name %j',
    async (name) => {
      await expect(secrets.put(name, 'x')).rejects.toThrow('not allowed');
      await expect(secrets.get(name)).rejects.toThrow('not allowed');
      await expect(secrets.remove(name)).rejects.toThrow('not allowed');
    },
  );

  it('of the installation is made once and kept', async () => {
    const made = await ownSecret(secrets, 'ticket-key');
    expect(made).toMatch(/^[\w-]{43}$/);
    expect(await ownSecret(secrets, 'ticket-key')).toBe(made);
  });
});
