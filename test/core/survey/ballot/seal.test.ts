import { CompactEncrypt, compactDecrypt, exportJWK, generateKeyPair, importJWK } from 'jose';
import { describe, expect, it } from 'vitest';
import { newWaveKeys } from '../../../../core/survey/ballot/ballot.ts';
import { sealTo } from '../../../../core/survey/ballot/seal.ts';
import { publicKeySchema } from '../../../../core/survey/ballot/ticket.ts';

const { publicKey, privateKey } = await newWaveKeys();
const names = { wave: 'w1', form: 'abc' };
const words = Buffer.from('Perlu pelatihan 😀'.repeat(50));
const only = {
  keyManagementAlgorithms: ['ECDH-ES'],
  contentEncryptionAlgorithms: ['A256GCM'],
};

describe('a seal of ours', () => {
  it('is opened by jose, for keys of every shape', async () => {
    // A coordinate that begins with zeros is where one's own key agreement goes wrong: one key in 256 has one.
    for (let round = 0; round < 300; round += 1) {
      const pair = await generateKeyPair('ECDH-ES', { crv: 'P-256', extractable: true });
      const its = publicKeySchema.parse(await exportJWK(pair.publicKey));
      const sealed = sealTo(its, names, words);
      const opened = await compactDecrypt(sealed, pair.privateKey, only);
      expect(Buffer.from(opened.plaintext)).toEqual(words);
      expect(opened.protectedHeader).toMatchObject({ ...names, alg: 'ECDH-ES', enc: 'A256GCM' });
    }
  });

  it('has the parts, names and lengths of one by jose', async () => {
    const ours = sealTo(publicKey, names, words).split('.');
    const theirs = (
      await new CompactEncrypt(words)
        .setProtectedHeader({ ...names, alg: 'ECDH-ES', enc: 'A256GCM' })
        .encrypt(await importJWK({ ...publicKey }, 'ECDH-ES'))
    ).split('.');
    expect(ours.map(({ length }) => length)).toEqual(theirs.map(({ length }) => length));
    const header = (part = ''): object => JSON.parse(Buffer.from(part, 'base64url').toString());
    expect(Object.keys(header(ours[0])).sort()).toEqual(Object.keys(header(theirs[0])).sort());
  });

  it('shares neither key nor nonce with any other of the same words', () => {
    const seals = Array.from({ length: 200 }, () => sealTo(publicKey, names, words).split('.'));
    for (const part of [0, 2, 3, 4])
      expect(new Set(seals.map((seal) => seal[part])).size).toBe(200);
  });

  it('is broken by any change, of its header too', async () => {
    const sealed = sealTo(publicKey, names, words);
    const key = await importJWK(privateKey, 'ECDH-ES');
    for (let at = 0; at < sealed.length; at += 41) {
      if (sealed[at] === '.') continue;
      const changed = sealed.slice(0, at) + (sealed[at] === 'A' ? 'B' : 'A') + sealed.slice(at + 1);
      await expect(compactDecrypt(changed, key, only)).rejects.toThrow();
    }
  });

  it('is refused to a key that is no point of the curve', () => {
    const odd = { ...publicKey, y: publicKey.x };
    expect(() => sealTo(odd, names, words)).toThrow();
  });
});
