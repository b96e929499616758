import { beforeAll, describe, expect, it } from 'vitest';
import { actionIds } from '../../../../core/conversation/message.ts';
import type { LocalMessage } from '../../../../core/store/local-messages.ts';
import { sampleKeys } from '../../../../functions/local/sample/agency.ts';
import { all } from '../../../support/ballots.ts';
import { closes, openInvited } from '../../../support/closing.ts';
import type { House } from '../../../support/house.ts';
import { isPulse, pulseOf } from '../../../support/pulse.ts';

describe.each([
  ['slack', sampleKeys.slackStaff],
  ['teams', sampleKeys.teamsStaff],
] as const)('the survey on %s', (platform, key) => {
  let house: House;
  beforeAll(async () => {
    house = await openInvited();
  });
  const messages = (): readonly LocalMessage[] => house.messagesOf(platform, key);
  const newest = (): LocalMessage => {
    const message = messages().at(-1);
    if (message === undefined) throw new Error('no message');
    return message;
  };
  /** Types a minute later, so that the answer is the newest message. */
  const type = async (person: string, text: string): Promise<LocalMessage> => {
    const { clock } = house.host;
    clock.moveTo(new Date(clock.now().getTime() + 60_000));
    await house.type(platform, person, text);
    const message = house.messagesOf(platform, person).at(-1);
    if (message === undefined) throw new Error('no answer came');
    return message;
  };
  const boxes = () => house.db.selectFrom('ballots').select('sealed').execute();
  const answer = async (message: LocalMessage): Promise<void> => {
    const { userId } = message;
    await house.actor(platform).answerPulse({
      ...{ userId, message, answers: all(house, '4'), comment: null },
    });
    await house.host.drain();
  };

  it('who skipped can still answer until the close', async () => {
    const invitation = pulseOf(house, platform, key);
    const before = messages().length;
    await house.press(invitation, actionIds.skipPulse);
    const skipped = messages().find(({ ref }) => ref === invitation.ref);
    expect(JSON.stringify(skipped?.payload)).toContain('Periode survei ini dilewati');
    if (skipped === undefined) throw new Error('the invitation is gone');
    await house.press(skipped, actionIds.newLink);
    expect(messages()).toHaveLength(before + 1);
    await answer(newest());
    expect(await boxes()).toHaveLength(1);
  });

  it('is not reminded of after the skip, even once it was asked for again', async () => {
    for (const hour of ['00', '01', '02', '03']) await house.tickAt(`2026-10-14T${hour}:00:00Z`);
    expect(JSON.stringify(messages().map(({ payload }) => payload))).not.toContain('masih dibuka');
    expect(JSON.stringify(house.host.messages())).toContain('masih dibuka');
  });

  it('comes again for "survei" and "survey", with the same words before and after an answer', async () => {
    const other = platform === 'slack' ? 'KC-0022' : 'KC-0023';
    const before = await type(other, 'survei');
    expect(isPulse(house, before)).toBe(true);
    await answer(before);
    const after = await type(other, 'survey');
    expect(after.ref).not.toBe(before.ref);
    expect(after.payload).toEqual(before.payload);
  });

  it('is open for nobody whom it did not invite, nor for anybody after the close', async () => {
    expect(isPulse(house, await type(key, 'survei'))).toBe(true);
    await house.db
      .deleteFrom('wave_members')
      .where('person_id', '=', await house.idOf(key))
      .execute();
    const { payload } = await type(key, 'survei');
    expect(JSON.stringify(payload)).toContain('tidak ada survei yang dibuka bagi Anda');
    house.host.clock.moveTo(new Date(closes));
    const invited = platform === 'slack' ? 'KC-0022' : 'KC-0023';
    expect((await type(invited, 'survei')).payload).toEqual(payload);
  });
});
