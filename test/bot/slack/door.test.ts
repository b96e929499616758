import { describe, expect, it } from 'vitest';
import { actionIds } from '../../../core/conversation/message.ts';
import { lessonMessage } from '../../../core/learning/lesson-message.ts';
import {
  catalogue,
  deliver,
  form,
  open,
  press,
  pulse,
  shownTo,
  signed,
  userId,
} from '../../support/slack/sari.ts';
import { now, slackHouse, workspaceId } from '../../support/slack/workspace.ts';
import { firstOf } from '../../support/teams/messages.ts';

describe('a form that cannot open', () => {
  it('asks to press again when the trigger has died, and the next press opens it', async () => {
    const house = slackHouse(catalogue);
    const { ref } = await pulse(house);
    house.state.lag = 3_500;
    expect((await open(house, ref)).status).toBe(200);
    expect(house.workspace.modalOf(userId)).toBeNull();
    expect(shownTo(house)).toContain('Silakan tekan lagi');
    house.state.lag = 0;
    await open(house, ref);
    expect(house.workspace.modalOf(userId)).not.toBeNull();
  });

  it('says so when the app has no token, when Slack throttles and when the line is cut', async () => {
    const house = slackHouse(catalogue);
    const { ref } = await pulse(house);
    house.state.installed = false;
    await open(house, ref);
    expect(shownTo(house)).toContain('Formulir belum dapat dibuka');
    house.state.installed = true;
    house.state.fault = 'throttled';
    expect((await open(house, ref)).status).toBe(200);
    house.state.fault = 'down';
    expect((await open(house, ref)).status).toBe(200);
    expect(house.workspace.modalOf(userId)).toBeNull();
    expect(house.lines.join()).toContain('slack-form-not-opened');
  });
});

describe('other presses and words', () => {
  it('are queued and answered with nothing at once', async () => {
    const house = slackHouse(catalogue);
    const lesson = firstOf(catalogue.lessons.values());
    const ref = await deliver(house, lessonMessage(catalogue, lesson, 'id'));
    const option = firstOf(lesson.quiz.options);
    const requests = [
      house.workspace.command({ userId, text: 'jeda 7' }),
      house.workspace.type({ userId, text: 'apa ini?' }),
      house.workspace.openHome({ userId }),
    ];
    const answers = [await press(house, ref, option.text.id)];
    for (const request of requests) answers.push(await house.door(request));
    for (const answer of answers) expect([answer.status, await answer.text()]).toEqual([200, '']);
    expect(await house.drain()).toMatchObject([
      { kind: 'action', action: actionIds.answerQuiz, target: { ref }, at: now },
      { kind: 'text', text: 'jeda 7' },
      { kind: 'text', text: 'apa ini?', from: { userId, conversation: `D${userId}` } },
      { kind: 'home' },
    ]);
  });

  it('that come twice have one key', async () => {
    const house = slackHouse(catalogue);
    const request = house.workspace.type({ userId, text: 'apa ini?' });
    for (const copy of [request.clone(), request.clone(), request]) await house.door(copy);
    expect(new Set((await house.drain()).map(({ key }) => key)).size).toBe(1);
  });

  it('of a bot, or edited, are not kept even for a moment', async () => {
    const house = slackHouse(catalogue);
    const inner = { type: 'message', channel_type: 'im', subtype: 'message_changed' };
    const body = { type: 'event_callback', team_id: workspaceId, event_id: 'E', event: inner };
    const answer = await house.door(signed(house, JSON.stringify(body), 'application/json'));
    expect(answer.status).toBe(200);
    expect(house.bodies).toEqual([]);
  });
});

describe('what Slack itself asks', () => {
  it('is answered: the challenge of the URL, the certificate check, the warning of a throttle', async () => {
    const house = slackHouse(catalogue);
    const json = async (body: object) =>
      house.door(signed(house, JSON.stringify(body), 'application/json; charset=utf-8'));
    const challenge = await json({ type: 'url_verification', challenge: 'tantangan' });
    expect(await challenge.json()).toEqual({ challenge: 'tantangan' });
    expect((await house.door(signed(house, form({ ssl_check: '1' })))).status).toBe(200);
    const throttled = { type: 'app_rate_limited', team_id: workspaceId, minute_rate_limited: 1 };
    expect((await json(throttled)).status).toBe(200);
    expect(house.lines.join()).toContain('slack-events-throttled');
    expect(house.bodies).toEqual([]);
  });

  it('is refused unsigned, whatever it says, and broken bodies are 400', async () => {
    const house = slackHouse(catalogue);
    for (const body of ['ssl_check=1', '{"type":"url_verification","challenge":"x"}', '']) {
      const request = new Request('http://localhost/slack/events', { method: 'POST', body });
      const answer = await house.door(request);
      expect([answer.status, await answer.text()]).toEqual([401, '']);
    }
    for (const body of ['{', 'null', '', '{"type":"url_verification"}'])
      expect((await house.door(signed(house, body, 'application/json'))).status).toBe(400);
    expect(house.bodies).toEqual([]);
  });

  it('gets a 500 without a word when the queue is gone', async () => {
    const house = slackHouse(catalogue);
    house.state.queueFails = true;
    const answer = await house.door(house.workspace.type({ userId, text: 'apa ini?' }));
    expect([answer.status, await answer.text()]).toEqual([500, '']);
    expect(house.lines.join()).not.toContain('rahasia');
  });
});
