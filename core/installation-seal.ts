/** An installation sealed for the store: who holds the database alone holds no token. */
import { createHash } from 'node:crypto';
import { CompactEncrypt, compactDecrypt, errors } from 'jose';
import { type Installation, installationSchema } from './installation.ts';

/** Seals as a compact JWE (dir, A256GCM); the first key seals, the others only open while they are being replaced. */
export const sealInstallation = (
  keys: readonly string[],
  installation: Installation,
): Promise<string> => {
  const [key] = keys;
  if (key === undefined) throw new Error('there is no key to seal an installation with');
  return new CompactEncrypt(Buffer.from(JSON.stringify(installation)))
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
    .encrypt(keyBytes(key));
};

/** Opens what one of the keys sealed; throws without a word of its content when none of them did. */
export const openInstallation = async (
  keys: readonly string[],
  sealed: string,
): Promise<Installation> => {
  for (const key of keys) {
    const opened = await opens(key, sealed);
    if (opened === null) continue;
    const read = installationSchema.safeParse(JSON.parse(Buffer.from(opened).toString()));
    if (read.success) return read.data;
  }
  throw new Error('no key opens this installation');
};

const opens = async (key: string, sealed: string): Promise<Uint8Array | null> => {
  try {
    const { plaintext } = await compactDecrypt(sealed, keyBytes(key), {
      keyManagementAlgorithms: ['dir'],
      contentEncryptionAlgorithms: ['A256GCM'],
    });
    return plaintext;
  } catch (error) {
    if (error instanceof errors.JOSEError) return null;
    throw error;
  }
};

/** The setting is long random text; its hash has the length the cipher wants. The prefix keeps other uses apart. */
const keyBytes = (key: string): Uint8Array =>
  createHash('sha256').update(`installation.${key}`).digest();
