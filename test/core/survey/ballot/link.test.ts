import { describe, expect, it } from 'vitest';
import { newWaveKeys } from '../../../../core/survey/ballot/ballot.ts';
import {
  type Link,
  linkLimit,
  openVoter,
  readLink,
  sealVoter,
  signLink,
} from '../../../../core/survey/ballot/link.ts';
import { readTicket, signTicket, type Ticket } from '../../../../core/survey/ballot/ticket.ts';

const key = 'a signing key of the agency';
const { publicKey, secret } = await newWaveKeys();
const closesAt = '2026-11-20T10:00:00.000Z';
const before = new Date('2026-11-20T09:59:59.999Z');
const ticket: Ticket = {
  wave: 'w1',
  items: ['reg-a', 'dat-a', 'ppl-a', 'inf-a', 'cul-a', 'reg-1', 'dat-1', 'ppl-1', 'inf-1', 'cul-1'],
  publicKey,
  closesAt,
  language: 'id',
};
const link: Link = { ticket, voter: sealVoter(secret, 'w1', 4711) };

describe('a personal link', () => {
  it('comes back as it was signed while the wave is open, and names its form after the close', () => {
    const token = signLink(link, key);
    expect(readLink(token, key, before)).toEqual({ state: 'open', ...link });
    expect(readLink(token, key, new Date(closesAt))).toEqual({ state: 'closed', ...link });
  });

  it('is forged when any one character was changed, cut off or added', () => {
    const token = signLink(link, key);
    for (let at = 0; at < token.length; at += 1) {
      const changed = token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1);
      expect(readLink(changed, key, before)).toEqual({ state: 'forged' });
      expect(readLink(token.slice(0, at), key, before)).toEqual({ state: 'forged' });
    }
    for (const odd of [`${token}A`, `${token}.`, ` ${token}`, '', '.', 'a.b.c'])
      expect(readLink(odd, key, before)).toEqual({ state: 'forged' });
    expect(readLink(token, 'another key', before)).toEqual({ state: 'forged' });
    expect(readLink('x'.repeat(10_000_000), key, before)).toEqual({ state: 'forged' });
  });

  it('is no ticket of a chat form, and such a ticket is no link', () => {
    expect(readTicket(signLink(link, key), key, before)).toEqual({ state: 'forged' });
    expect(readLink(signTicket(ticket, key), key, before)).toEqual({ state: 'forged' });
  });

  it('fits into an address with ten items, and refuses a form that does not', () => {
    expect(signLink(link, key).length).toBeLessThan(700);
    const items = Array.from({ length: 120 }, (_, index) => `item-number-${index}`);
    expect(() => signLink({ ...link, ticket: { ...ticket, items } }, key)).toThrow(
      new RegExp(`characters, ${linkLimit} fit`),
    );
  });

  it('never carries the private half of a key', async () => {
    const { privateKey } = await newWaveKeys();
    const leaky = { ...ticket, publicKey: { ...publicKey, d: privateKey.d } };
    const token = signLink({ ...link, ticket: leaky }, key);
    const body = Buffer.from(token.split('.')[0] ?? '', 'base64url').toString();
    expect(body).not.toContain(privateKey.d);
  });
});

describe('the voter of a link', () => {
  it('is known to a holder of the wave’s secret, and to nobody without it', async () => {
    expect(openVoter(secret, 'w1', link.voter)).toBe(4711);
    expect(openVoter((await newWaveKeys()).secret, 'w1', link.voter)).toBeNull();
  });

  it('is nobody in another wave, and nobody when a character was changed', () => {
    expect(openVoter(secret, 'w2', link.voter)).toBeNull();
    for (let at = 0; at < link.voter.length; at += 1) {
      const changed =
        link.voter.slice(0, at) + (link.voter[at] === 'A' ? 'B' : 'A') + link.voter.slice(at + 1);
      expect(openVoter(secret, 'w1', changed)).toBeNull();
    }
    for (const odd of ['', 'AAAA', `${link.voter}AAAA`])
      expect(openVoter(secret, 'w1', odd)).toBeNull();
  });

  it('looks different in every link and has one length, whoever it is', () => {
    const voters = [1, 1, 2, 2 ** 31 - 1].map((person) => sealVoter(secret, 'w1', person));
    expect(new Set(voters).size).toBe(4);
    expect(new Set(voters.map(({ length }) => length))).toEqual(new Set([48]));
    for (const voter of voters) expect(() => signLink({ ticket, voter }, key)).not.toThrow();
  });
});
