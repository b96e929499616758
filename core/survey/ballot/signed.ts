/**
 * Short texts signed by us: whoever holds the key can tell them from forgeries. A key may be two, separated by a comma,
 * while one replaces the other: the first signs, and what either has signed is read.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { listOf } from '../../config.ts';

/** What a signature is for; one made for a purpose never passes for another. */
type Purpose = 'pulse-ticket' | 'pulse-link';

/** `base64url JSON . base64url HMAC-SHA256`. */
export const signText = (purpose: Purpose, value: unknown, key: string): string => {
  const body = Buffer.from(JSON.stringify(value)).toString('base64url');
  const [first = key] = listOf(key);
  return `${body}.${signature(purpose, body, first)}`;
};

/** The signed value, its signature checked in constant time; undefined when it is none of ours. */
export const readText = (purpose: Purpose, signed: string, key: string): unknown => {
  const [body = '', given = '', ...rest] = signed.split('.');
  const isOurs = (one: string): boolean => sameBytes(given, signature(purpose, body, one));
  if (rest.length > 0 || !listOf(key).some(isOurs)) return undefined;
  return JSON.parse(Buffer.from(body, 'base64url').toString());
};

const signature = (purpose: Purpose, body: string, key: string): string =>
  createHmac('sha256', key).update(`${purpose}.${body}`).digest('base64url');

const sameBytes = (given: string, expected: string): boolean => {
  const left = Buffer.from(given);
  const right = Buffer.from(expected);
  return left.length === right.length && timingSafeEqual(left, right);
};
