import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Platform } from '../../../../core/ports.ts';
import { findWave } from '../../../../core/store/pulse/waves.ts';
import { openInbox } from '../../../../functions/app/queue/inbox.ts';
import { waveSecretName } from '../../../../functions/jobs/pulse/wave-secrets.ts';
import { composePulse } from '../../../../functions/jobs/words/compose-pulse.ts';
import { sampleKeys, samplePeople } from '../../../../functions/local/sample/agency.ts';
import { slackWorkspace, teamsTenant } from '../../../../functions/local/story/agency.ts';
import { all, firstAnswers, queued } from '../../../support/ballots.ts';
import { dump, type House, openHouse } from '../../../support/house.ts';
import { pulseOf } from '../../../support/pulse.ts';

const both = sampleKeys.prefersTeams;
const workspaces = { slack: slackWorkspace, teams: teamsTenant } as const;
const people = samplePeople({ leave: { from: '2026-01-01', to: '2026-01-01' } });

/** Puts the invitation into one of a person's chats. */
const invite = async (house: House, platform: Platform, key: string): Promise<void> => {
  const { context } = house.host;
  const wave = await findWave(house.db, 'w1');
  if (wave === null) throw new Error('no wave');
  const secret = await house.secrets.get(waveSecretName('w1', 'secret'));
  const personId = await house.idOf(key);
  const reader = { stream: 'pulse', personId, item: 'w1', language: 'id' } as const;
  const message = composePulse(context, { wave, secret, needsNone: () => false }, reader);
  const userId = people
    .find(({ employeeKey }) => employeeKey === key)
    ?.identities.find((one) => one.platform === platform)?.userId;
  if (message === null || userId === undefined) throw new Error('nothing to send');
  const workspaceId = workspaces[platform];
  const to = { platform, workspaceId, userId, conversation: null, serviceUrl: null };
  const sent = await context.chats.get(platform)?.deliver(to, message, { key: 'kunci' });
  expect(sent?.state).toBe('sent');
};

/** Answers everything with `value` through the person's chat, and leaves it on the queue. */
const send = async (
  house: House,
  from: { readonly platform: Platform; readonly key: string },
  { at, value }: { readonly at: string; readonly value: string },
): Promise<void> => {
  house.host.clock.moveTo(new Date(at));
  await invite(house, from.platform, from.key);
  const message = pulseOf(house, from.platform, from.key);
  const result = await house.actor(from.platform).answerPulse({
    userId: message.userId,
    message,
    answers: all(house, value),
    comment: 'komentar-4242',
  });
  expect(result.error).toBeUndefined();
};

const onSlack = { platform: 'slack', key: both } as const;
const onTeams = { platform: 'teams', key: both } as const;

describe('ballots off the queue', () => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse({ now: '2026-10-11T17:00:00Z', welcomed: true });
    for (const hour of ['00', '01', '02', '03']) await house.tickAt(`2026-10-12T${hour}:00:00Z`);
  });
  beforeEach(async () => {
    await house.host.drain();
    await house.db.deleteFrom('ballots').execute();
  });

  it('of one person on Slack and then on Teams are one, and the newest stands in whatever order they come', async () => {
    await send(house, onSlack, { at: '2026-10-12T04:00:00Z', value: '2' });
    await send(house, onTeams, { at: '2026-10-12T04:01:00Z', value: '4' });
    const entries = await queued(house);
    const inbox = openInbox(house.host.context);
    for (const order of [entries, [...entries].reverse()]) {
      await house.db.deleteFrom('ballots').execute();
      await inbox.takeBallots(order);
      expect(await firstAnswers(house)).toEqual([4]);
      await house.db.deleteFrom('ballots').execute();
      for (const entry of order) await inbox.handle(entry);
      expect(await firstAnswers(house)).toEqual([4]);
    }
  });

  it('of one person on Teams and then on Slack likewise', async () => {
    await send(house, onTeams, { at: '2026-10-12T05:00:00Z', value: '5' });
    await send(house, onSlack, { at: '2026-10-12T05:00:01Z', value: '1' });
    await openInbox(house.host.context).takeBallots([...(await queued(house))].reverse());
    expect(await firstAnswers(house)).toEqual([1]);
  });

  it('given at the same moment count as the later one on the queue', async () => {
    await send(house, onTeams, { at: '2026-10-12T05:10:00Z', value: '5' });
    await send(house, onSlack, { at: '2026-10-12T05:10:00Z', value: '3' });
    await house.host.drain();
    expect(await firstAnswers(house)).toEqual([3]);
  });

  it('taken together a second time, as after a crash, change nothing', async () => {
    const keys = [sampleKeys.slackStaff, 'KC-0022', 'KC-0024', 'KC-0026'];
    for (const [nth, key] of keys.entries())
      await send(
        house,
        { platform: 'slack', key },
        { at: `2026-10-12T06:00:0${nth}Z`, value: '3' },
      );
    const entries = await queued(house);
    const inbox = openInbox(house.host.context);
    await inbox.takeBallots([...entries, ...entries]);
    const once = await house.db.selectFrom('ballots').selectAll().orderBy('ballot_key').execute();
    await inbox.takeBallots(entries);
    expect(once).toHaveLength(keys.length);
    expect(
      await house.db.selectFrom('ballots').selectAll().orderBy('ballot_key').execute(),
    ).toEqual(once);
  });

  it('leave no mark of their own, and no answer in any table, log line or message', async () => {
    const marks = () => house.db.selectFrom('seen_events').selectAll().execute();
    const before = await marks();
    await send(house, onTeams, { at: '2026-10-12T07:00:00Z', value: '4' });
    expect((await queued(house)).join()).not.toContain('komentar-4242');
    await house.host.drain();
    expect(await marks()).toEqual(before);
    await house.host.flush();
    const everything = [await dump(house.db), ...house.lines.map((line) => JSON.stringify(line))];
    expect(everything.join()).not.toContain('komentar-4242');
  });

  it('that nobody can read are refused alone, and hold up no other', async () => {
    await send(house, onTeams, { at: '2026-10-12T08:00:00Z', value: '2' });
    const [good = ''] = await queued(house);
    const forged = JSON.parse(good);
    forged.ballot.ticket = `x${forged.ballot.ticket}`;
    const taking = openInbox(house.host.context).takeBallots([JSON.stringify(forged), good]);
    await expect(taking).rejects.toThrow('1 ballots are signed with none of our keys');
    expect(await firstAnswers(house)).toEqual([2]);
    expect(house.lines.filter(({ event }) => event === 'ballot.forged')).toHaveLength(1);
    const strange = JSON.stringify({ ...JSON.parse(good), platform: 'telepati' });
    expect(() => openInbox(house.host.context).takeBallots([strange])).toThrow(/another shape/);
  });

  it('signed before the ticket key was replaced are counted, and wait while the old key is missing', async () => {
    await send(house, onTeams, { at: '2026-10-12T08:10:00Z', value: '4' });
    const [entry = ''] = await queued(house);
    const { context } = house.host;
    const fresh = 'kunci-baru-untuk-uji-coba-yang-juga-panjang';
    const taking = openInbox({ ...context, ticketKey: fresh }).handle(entry);
    await expect(taking).rejects.toThrow('none of our keys');
    expect(await firstAnswers(house)).toEqual([]);
    await openInbox({ ...context, ticketKey: `${fresh},${context.ticketKey}` }).handle(entry);
    expect(await firstAnswers(house)).toEqual([4]);
  });

  it('sent after HR closed the survey early are refused, though their tickets name a later day', async () => {
    await send(house, onTeams, { at: '2026-10-12T08:30:00Z', value: '2' });
    await send(house, onSlack, { at: '2026-10-12T08:31:00Z', value: '5' });
    const closesAt = new Date('2026-10-12T08:30:30Z');
    await house.db.updateTable('waves').set({ closes_at: closesAt }).execute();
    await house.host.drain();
    expect(await firstAnswers(house)).toEqual([2]);
    const [told] = house.host.messages().slice(-1);
    expect(JSON.stringify(told?.payload)).toContain('sudah ditutup');
  });
});
