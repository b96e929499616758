import { describe, expect, it } from 'vitest';
import { newWaveKeys } from '../../../../core/survey/ballot/ballot.ts';
import {
  readTicket,
  signTicket,
  type Ticket,
  ticketLimit,
} from '../../../../core/survey/ballot/ticket.ts';

const key = 'a signing key of the agency';
const closesAt = '2026-11-20T10:00:00.000Z';
const before = new Date('2026-11-20T09:59:59.999Z');
const { publicKey } = await newWaveKeys();
const ticket: Ticket = {
  wave: 'w1',
  items: ['reg-a', 'dat-a', 'ppl-a', 'inf-a', 'cul-a', 'reg-1', 'dat-1', 'ppl-1', 'inf-1', 'cul-1'],
  publicKey,
  closesAt,
  language: 'id',
};

describe('a ticket', () => {
  it('comes back as it was signed while the wave is open', () => {
    expect(readTicket(signTicket(ticket, key), key, before)).toEqual({ state: 'open', ticket });
  });

  it('is closed from the very instant of the close on, and still names its language', () => {
    expect(readTicket(signTicket(ticket, key), key, new Date(closesAt))).toEqual({
      state: 'closed',
      ticket,
    });
  });

  it('signed with either key is read while one replaces the other, and the new one signs', () => {
    const pair = `a new signing key of the agency, ${key}`;
    expect(readTicket(signTicket(ticket, key), pair, before)).toEqual({ state: 'open', ticket });
    const signed = signTicket(ticket, pair);
    expect(readTicket(signed, pair, before)).toEqual({ state: 'open', ticket });
    expect(readTicket(signed, key, before)).toEqual({ state: 'forged' });
    expect(readTicket(signed, 'a new signing key of the agency', before).state).toBe('open');
  });

  it('is forged when any one character was changed', () => {
    const signed = signTicket(ticket, key);
    for (let at = 0; at < signed.length; at += 1) {
      const changed = signed.slice(0, at) + (signed[at] === 'A' ? 'B' : 'A') + signed.slice(at + 1);
      expect(readTicket(changed, key, before)).toEqual({ state: 'forged' });
    }
  });

  it.each(['', '.', 'a.b', 'a.b.c', 'not base64 !'])('is forged when it is %j', (text) => {
    expect(readTicket(text, key, before)).toEqual({ state: 'forged' });
  });

  it('is forged when another key signed it, or something follows it', () => {
    const signed = signTicket(ticket, key);
    expect(readTicket(signed, 'another key', before)).toEqual({ state: 'forged' });
    expect(readTicket(`${signed}.`, key, before)).toEqual({ state: 'forged' });
  });

  it('fits a button of both platforms with ten items, and refuses a form that does not', () => {
    expect(signTicket(ticket, key).length).toBeLessThanOrEqual(ticketLimit);
    const items = Array.from({ length: 120 }, (_, index) => `item-number-${index}`);
    expect(() => signTicket({ ...ticket, items }, key)).toThrow(/characters/);
  });

  it('never carries the private half of a key', async () => {
    const { privateKey } = await newWaveKeys();
    const leaky = { ...ticket, publicKey: { ...publicKey, d: privateKey.d } };
    const body = Buffer.from(signTicket(leaky, key).split('.')[0] ?? '', 'base64url').toString();
    expect(body).not.toContain(privateKey.d);
  });
});
