/** The ticket that travels with a form: a door checks and seals with it, and needs no database. */
import * as z from 'zod';
import { languages } from '../../language.ts';
import { readText, signText } from './signed.ts';

/** What fits into a button's value on both platforms, in characters. */
export const ticketLimit = 1_400;

/** A wave's public key: P-256 as JWK, coordinates base64url. */
export const publicKeySchema = z.object({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.string().length(43),
  y: z.string().length(43),
});
export type PublicKey = Readonly<z.infer<typeof publicKeySchema>>;

/** Whether two keys are the same point; what is no public key is the same as none. */
export const isSameKey = (one: PublicKey, other: unknown): boolean => {
  const read = publicKeySchema.safeParse(other);
  return read.success && read.data.x === one.x && read.data.y === one.y;
};

/** What a ticket holds. */
export const ticketSchema = z.object({
  wave: z.string().min(1),
  items: z.array(z.string().min(1)).min(1).readonly(),
  publicKey: publicKeySchema,
  closesAt: z.iso.datetime(),
  language: z.enum(languages),
});

/** Wave, form, key and close (ISO instant) of one invitation, in the reader's language. */
export type Ticket = Readonly<z.infer<typeof ticketSchema>>;

/** `closed` still names the ticket, so that the refusal can be kind and in the right language. */
export type ReadTicket =
  | { readonly state: 'open' | 'closed'; readonly ticket: Ticket }
  | { readonly state: 'forged' };

/** The ticket signed, at most 1,400 characters; a larger form throws. */
export const signTicket = (ticket: Ticket, key: string): string => {
  const signed = signText('pulse-ticket', ticketSchema.parse(ticket), key);
  if (signed.length > ticketLimit)
    throw new Error(
      `ticket of wave ${ticket.wave} has ${signed.length} characters, ${ticketLimit} fit`,
    );
  return signed;
};

/** Reads a ticket; anything not signed by us as one is `forged`. */
export const readTicket = (signed: string, key: string, now: Date): ReadTicket => {
  const ticket = known(signed, key);
  return ticket === null ? { state: 'forged' } : { state: stateAt(ticket, now), ticket };
};

/** A whole agency answers with one ticket a language: what has been read lately is not read again. */
const known = (signed: string, key: string): Ticket | null => {
  const name = `${key} ${signed}`;
  const before = tickets.get(name);
  if (before !== undefined) return before;
  const parsed = ticketSchema.safeParse(readText('pulse-ticket', signed, key));
  if (!parsed.success) return null;
  if (tickets.size >= mostKnown) tickets.clear();
  tickets.set(name, parsed.data);
  return parsed.data;
};
const tickets = new Map<string, Ticket>();
const mostKnown = 16;

/** Closed from the very instant of the close on. */
export const stateAt = ({ closesAt }: Pick<Ticket, 'closesAt'>, now: Date): 'open' | 'closed' =>
  now.getTime() < Date.parse(closesAt) ? 'open' : 'closed';
