/**
 * The personal link to the form on the agency's own page. The door reads the form from it and needs no database; whose
 * it is can be told by a holder of the wave's secret alone, and by nobody once that secret is gone.
 */
import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import * as z from 'zod';
import { readText, signText } from './signed.ts';
import { stateAt, type Ticket, ticketSchema } from './ticket.ts';

/** Longest token read, in characters; ten items take about 600. */
export const linkLimit = 1_800;

const linkSchema = ticketSchema.extend({ voter: z.string().length(48) });

/** The form of a link, and its voter as sealed by `sealVoter`: new for every link, and so the link's own id. */
export type Link = { readonly ticket: Ticket; readonly voter: string };

/** `closed` still names the form, so that the refusal can be kind and in the right language. */
export type ReadLink =
  | ({ readonly state: 'open' | 'closed' } & Link)
  | { readonly state: 'forged' };

/** The token of a link; throws when it would not fit into one. */
export const signLink = ({ ticket, voter }: Link, key: string): string => {
  const token = signText('pulse-link', linkSchema.parse({ ...ticket, voter }), key);
  if (token.length > linkLimit)
    throw new Error(`link of wave ${ticket.wave} has ${token.length} characters, ${linkLimit} fit`);
  return token;
};

/** Reads a token; anything not signed by us as a link is `forged`, a ticket of a chat form included. */
export const readLink = (token: string, key: string, now: Date): ReadLink => {
  if (token.length > linkLimit) return { state: 'forged' };
  const parsed = linkSchema.safeParse(readText('pulse-link', token, key));
  if (!parsed.success) return { state: 'forged' };
  const { voter, ...ticket } = parsed.data;
  return { state: stateAt(ticket, now), ticket, voter };
};

/** AES-256-GCM: 12 bytes of nonce, the person's id in 8, 16 of tag. */
const sizes = { nonce: 12, person: 8, tag: 16 } as const;

/** A person sealed for one link of a wave: 48 characters whoever it is, other ones each time. */
export const sealVoter = (secret: string, wave: string, personId: number): string => {
  const nonce = randomBytes(sizes.nonce);
  const cipher = createCipheriv('aes-256-gcm', voterKey(secret), nonce).setAAD(Buffer.from(wave));
  const person = Buffer.alloc(sizes.person);
  person.writeBigUInt64BE(BigInt(personId));
  const sealed = Buffer.concat([cipher.update(person), cipher.final()]);
  return Buffer.concat([nonce, sealed, cipher.getAuthTag()]).toString('base64url');
};

/** The person behind a link of this wave; null when it was not sealed with this secret for this wave. */
export const openVoter = (secret: string, wave: string, voter: string): number | null => {
  const bytes = Buffer.from(voter, 'base64url');
  if (bytes.length !== sizes.nonce + sizes.person + sizes.tag) return null;
  const decipher = createDecipheriv(
    'aes-256-gcm',
    voterKey(secret),
    bytes.subarray(0, sizes.nonce),
    { authTagLength: sizes.tag },
  )
    .setAAD(Buffer.from(wave))
    .setAuthTag(bytes.subarray(-sizes.tag));
  try {
    const person = decipher.update(bytes.subarray(sizes.nonce, -sizes.tag));
    decipher.final();
    return Number(person.readBigUInt64BE());
  } catch {
    return null;
  }
};

/** A key of its own: the secret derives ballot keys as well. */
const voterKey = (secret: string): Buffer =>
  createHmac('sha256', Buffer.from(secret, 'base64url')).update('voter').digest();
