/**
 * Sealing to a public key as a compact JWE (RFC 7516) by ECDH-ES and A256GCM (RFC 7518, 4.6 and 5.3), which `jose` opens
 * when the ballots are counted. `jose` itself seals through Web Crypto at three times the work, half of all that a door
 * does for a ballot; here Node's own primitives do it in one go.
 */
import { createCipheriv, createECDH, createHash, randomBytes } from 'node:crypto';
import type { PublicKey } from './ticket.ts';

/** Seals `plaintext` under a header of our own names; every box has a fresh key pair, and so a key of its own. */
export const sealTo = (
  publicKey: PublicKey,
  names: Readonly<Record<string, string>>,
  plaintext: Uint8Array,
): string => {
  const pair = createECDH('prime256v1');
  const point = pair.generateKeys();
  const epk = {
    kty: 'EC',
    crv: 'P-256',
    x: point.subarray(1, 33).toString('base64url'),
    y: point.subarray(33).toString('base64url'),
  };
  const header = Buffer.from(JSON.stringify({ ...names, ...algorithms, epk })).toString(
    'base64url',
  );
  const nonce = randomBytes(12);
  const key = contentKey(pair.computeSecret(pointOf(publicKey)));
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(header));
  const box = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  // The second part is empty: the agreed key encrypts the content itself.
  return [header, '', ...[nonce, box, cipher.getAuthTag()].map(text)].join('.');
};

const algorithms = { alg: 'ECDH-ES', enc: 'A256GCM' } as const;

const text = (bytes: Buffer): string => bytes.toString('base64url');

/** The uncompressed point; one that is not on the curve is refused by the agreement. */
const pointOf = ({ x, y }: PublicKey): Buffer =>
  Buffer.concat([Buffer.from([4]), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]);

/** Concat KDF of NIST SP 800-56A, one round of SHA-256, as RFC 7518, 4.6.2 fills it in. */
const contentKey = (shared: Buffer): Buffer =>
  createHash('sha256').update(number(1)).update(shared).update(otherInfo).digest();

const number = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};

/** The algorithm's name with its length, nothing known of either party, and the key's length in bits. */
const otherInfo = Buffer.concat([
  number(algorithms.enc.length),
  Buffer.from(algorithms.enc),
  number(0),
  number(0),
  number(256),
]);
