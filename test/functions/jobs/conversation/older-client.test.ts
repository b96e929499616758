import { beforeAll, describe, expect, it } from 'vitest';
import { type ActionId, actionIds } from '../../../../core/conversation/message.ts';
import type { LocalMessage } from '../../../../core/store/local-messages.ts';
import { sampleKeys } from '../../../../functions/local/sample/agency.ts';
import { all } from '../../../support/ballots.ts';
import { type House, openHouse } from '../../../support/house.ts';
import { pulseOf } from '../../../support/pulse.ts';

const key = sampleKeys.teamsStaff;

let house: House;
beforeAll(async () => {
  house = await openHouse({ now: '2026-10-11T17:00:00Z', welcomed: true });
  for (const hour of ['00', '01', '02', '03']) await house.tickAt(`2026-10-12T${hour}:00:00Z`);
});

/** Presses what a client without Action.Execute shows in the button's place; the door's answer to it is empty. */
const press = async (
  { ref, userId, payload }: LocalMessage,
  action: ActionId,
  { inputs = {}, change = {} }: { readonly inputs?: object; readonly change?: object } = {},
): Promise<string> => {
  const actor = house.actor('teams');
  const button = actor.buttons(payload).find((one) => one.action === action);
  const { fallback } = Object(button?.element);
  const element = { ...fallback, data: { ...fallback.data, ...change } };
  const answer = await actor.press({ userId, ref, element, inputs: { ...inputs } });
  expect(answer).toEqual({});
  await house.host.drain();
  return JSON.stringify(actor.message(ref)?.payload);
};

const newest = (): string => JSON.stringify(house.messagesOf('teams', key).at(-1)?.payload);

const typed = async (words: string): Promise<LocalMessage> => {
  await house.type('teams', key, words);
  const message = house.messagesOf('teams', key).at(-1);
  if (message === undefined) throw new Error('no answer came');
  return message;
};

describe('an older client sees the answer to its press', () => {
  it('of a quiz, in the lesson’s place', async () => {
    const lesson = await typed('kiat');
    const button = house
      .actor('teams')
      .buttons(lesson.payload)
      .find(({ action }) => action === actionIds.answerQuiz);
    const [, id = '', optionId = ''] = button?.value.split('|') ?? [];
    const option = house.host.context.catalogue.lessons
      .get(id)
      ?.quiz.options.find((one) => one.id === optionId);
    expect(await press(lesson, actionIds.answerQuiz)).toContain(option?.feedback.id.slice(0, 20));
  });

  it('of "Berhenti", below the message that stays, and the buttons of the answer work', async () => {
    const help = await typed('bantuan');
    expect(await press(help, actionIds.stop)).toBe(JSON.stringify(help.payload));
    const stopped = house.messagesOf('teams', key).at(-1);
    if (stopped === undefined) throw new Error('no answer came');
    expect(newest()).toContain('Kiriman dihentikan');
    expect(await press(stopped, actionIds.resume)).toContain('Kiriman dilanjutkan');
  });

  it('of a form: told that nothing came, thanked, shown it anew, and told of the close', async () => {
    const survey = () => pulseOf(house, 'teams', key);
    const before = survey();
    const kept = await press(before, actionIds.submitPulse);
    expect(kept).toBe(JSON.stringify(before.payload));
    expect(newest()).toContain('Belum ada jawaban yang terbaca');
    const inputs = all(house, '4');
    expect(await press(survey(), actionIds.submitPulse, { inputs })).toContain('diterima');
    expect(await house.db.selectFrom('ballots').select('wave_id').execute()).toHaveLength(1);
    expect(await press(survey(), actionIds.openPulse)).toContain('"Input.ChoiceSet"');
    const forged = { value: 'x', ticket: 'x' };
    const open = survey();
    expect(await press(open, actionIds.submitPulse, { change: forged })).toContain('tidak berlaku');
  });

  it('of a form after the close', async () => {
    await house.tickAt('2026-10-12T04:00:00Z');
    const other = house.messagesOf('teams', sampleKeys.prefersTeams).at(-1);
    expect(other).toBeDefined();
    const message = pulseOf(house, 'teams', sampleKeys.prefersTeams);
    house.host.clock.moveTo(new Date('2026-11-20T03:00:00Z'));
    const inputs = all(house, '2');
    expect(await press(message, actionIds.submitPulse, { inputs })).toContain('sudah ditutup');
  });
});
