import { verifySlackRequest } from '@slack/bolt';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { slackDoor } from '../../../bot/slack/door.ts';
import { slackSignature, verifySlack } from '../../../bot/slack/verify.ts';
import { ConfigError } from '../../../core/errors.ts';
import { shippedCatalogue, ticketKey } from '../../support/teams/messages.ts';

const now = new Date('2026-12-07T01:30:00.000Z');
const seconds = now.getTime() / 1000;
const secret = '8f742231b10e8888abcd99yyyzzz85a5';
const body = new TextEncoder().encode('token=x&text=é😀');

const check = (
  given: Partial<{ time: string; signature: string; body: Uint8Array; secrets: string[] }> = {},
) => {
  const time = given.time ?? String(seconds);
  const headers = new Headers({
    'x-slack-request-timestamp': time,
    'x-slack-signature': given.signature ?? slackSignature({ secret, time, body }),
  });
  return verifySlack({
    headers,
    body: given.body ?? body,
    secrets: given.secrets ?? [secret],
    now,
  });
};

describe('the signature of a Slack request', () => {
  it('is what the official SDK takes for right and for wrong', () => {
    const judge = (signature: string) => () =>
      verifySlackRequest({
        signingSecret: secret,
        body: new TextDecoder().decode(body),
        headers: { 'x-slack-signature': signature, 'x-slack-request-timestamp': seconds },
        nowMilliseconds: now.getTime(),
      });
    const time = String(seconds);
    expect(judge(slackSignature({ secret, time, body }))).not.toThrow();
    expect(judge(slackSignature({ secret: 'lain', time, body }))).toThrow();
  });

  it('is accepted within 300 seconds in both directions, at the edge too', () => {
    for (const offset of [-300, -1, 0, 1, 300])
      expect(check({ time: String(seconds + offset) })).toEqual({ ok: true });
  });

  it('is refused when older or newer than that, although it is right', () => {
    for (const offset of [-301, 301, -86_400, 86_400])
      expect(check({ time: String(seconds + offset) })).toMatchObject({ ok: false, status: 401 });
  });

  it('is refused when forged, cut, of another version, missing, or made for other bytes', () => {
    const right = slackSignature({ secret, time: String(seconds), body });
    const other = slackSignature({ secret: `${secret}x`, time: String(seconds), body });
    const wrong = [other, right.slice(0, -1), right.replace('v0=', 'v1='), `${right}0`, '', 'v0='];
    for (const signature of wrong)
      expect(check({ signature }), signature).toMatchObject({ ok: false, status: 401 });
    expect(check({ body: new TextEncoder().encode('token=x&text=e') }).ok).toBe(false);
    expect(verifySlack({ headers: new Headers(), body, secrets: [secret], now }).ok).toBe(false);
  });

  it('is refused with a time that is no plain number', () => {
    for (const time of ['', 'abc', '1e9', '-5', `${seconds}.5`, 'Infinity', '0x10'])
      expect(check({ time }), time).toMatchObject({ ok: false });
  });

  it('fits either of two secrets while one is being rotated', () => {
    expect(check({ secrets: ['baru', secret] })).toEqual({ ok: true });
    expect(check({ secrets: [secret, 'baru'] })).toEqual({ ok: true });
    expect(check({ secrets: ['baru', 'lama'] }).ok).toBe(false);
  });

  it('covers every byte of the body', () => {
    const changed = fc.tuple(fc.uint8Array({ minLength: 1, maxLength: 200 }), fc.nat(), fc.nat());
    fc.assert(
      fc.property(changed, ([bytes, where, by]) => {
        const time = String(seconds);
        const signature = slackSignature({ secret, time, body: bytes });
        const tampered = Uint8Array.from(bytes);
        const index = where % bytes.length;
        tampered[index] = (tampered[index] ?? 0) ^ ((by % 255) + 1);
        expect(check({ signature, body: bytes }).ok).toBe(true);
        expect(check({ signature, body: tampered }).ok).toBe(false);
      }),
    );
  });
});

describe('an empty signing secret', () => {
  it('stops the check and the start of a door', async () => {
    const catalogue = await shippedCatalogue();
    for (const secrets of [[], [''], ['  '], [secret, '']]) {
      expect(() => check({ secrets })).toThrow(ConfigError);
      const start = () =>
        slackDoor({
          signingSecrets: secrets,
          ticketKey,
          botToken: async () => null,
          fetch,
          catalogue,
          queue: { put: async () => undefined },
          clock: { now: () => now },
          log: { info: () => undefined, warn: () => undefined, error: () => undefined },
        });
      expect(start).toThrow(ConfigError);
    }
  });
});
