/** The ticket that travels with a form: a door checks and seals with it, and needs no database. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import { languages } from '../language.ts';

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

const ticketSchema = z.object({
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

/** `base64url JSON . base64url HMAC-SHA256`, at most 1,400 characters; a larger form throws. */
export const signTicket = (ticket: Ticket, key: string): string => {
  const body = Buffer.from(JSON.stringify(ticketSchema.parse(ticket))).toString('base64url');
  const signed = `${body}.${signature(body, key)}`;
  if (signed.length > ticketLimit)
    throw new Error(
      `ticket of wave ${ticket.wave} has ${signed.length} characters, ${ticketLimit} fit`,
    );
  return signed;
};

/** Checks the signature in constant time, then reads; anything not signed by us is `forged`. */
export const readTicket = (signed: string, key: string, now: Date): ReadTicket => {
  const [body = '', given = '', ...rest] = signed.split('.');
  if (rest.length > 0 || !sameBytes(given, signature(body, key))) return { state: 'forged' };
  const parsed = ticketSchema.safeParse(JSON.parse(Buffer.from(body, 'base64url').toString()));
  if (!parsed.success) return { state: 'forged' };
  const open = now.getTime() < Date.parse(parsed.data.closesAt);
  return { state: open ? 'open' : 'closed', ticket: parsed.data };
};

const signature = (body: string, key: string): string =>
  // The prefix keeps a signature made for anything else from passing as a ticket's.
  createHmac('sha256', key).update(`pulse-ticket.${body}`).digest('base64url');

const sameBytes = (given: string, expected: string): boolean => {
  const left = Buffer.from(given);
  const right = Buffer.from(expected);
  return left.length === right.length && timingSafeEqual(left, right);
};
