import { describe, expect, it, onTestFinished } from 'vitest';
import { slackSocket } from '../../../../bot/slack/app/socket.ts';
import { socketSlack } from '../../../support/slack/socket.ts';

/** A started connection, answers that come when the test says so, and a clock whose every wait is noted. */
const open = async () => {
  const slack = await socketSlack();
  const lines: string[] = [];
  const pauses: number[] = [];
  const answers: ((response: Response) => void)[] = [];
  const note = (event: string, fields = {}) =>
    void lines.push([event, ...Object.values(fields)].join(' '));
  const state = { at: 0, waiting: Promise.resolve() };
  const socket = slackSocket({
    ...{ appToken: slack.appToken, apiUrl: slack.apiUrl },
    answer: () => new Promise((done) => void answers.push(done)),
    clock: {
      now: () => new Date(state.at),
      sleep: async (milliseconds) => {
        pauses.push(milliseconds);
        state.at += milliseconds;
        await new Promise((done) => setTimeout(done, 5));
        await state.waiting;
      },
    },
    log: { info: note, warn: note, error: note },
  });
  onTestFinished(socket.stop);
  await socket.start();
  return { slack, socket, lines, pauses, answers, state };
};
const command = { command: '/langkah', text: 'bantuan' };
const soon = { timeout: 5_000, interval: 10 };

describe('the connection to Slack', () => {
  it("survives Slack's refresh in the middle of an answer", async () => {
    const { slack, lines, pauses, answers, state } = await open();
    const lost = slack.send('slash_commands', command);
    await expect.poll(() => answers.length, soon).toBe(1);
    let reopen: () => void = () => undefined;
    state.waiting = new Promise((done) => {
      reopen = done;
    });
    slack.refresh();
    // The old connection is gone and no other one there yet: nothing can be acknowledged.
    await expect.poll(() => pauses.length, soon).toBe(1);
    answers[0]?.(new Response(null));
    await expect.poll(() => lines.at(-1), soon).toContain('slack-socket-not-acknowledged');
    expect(slack.acks.has(lost)).toBe(false);
    reopen();
    await expect.poll(() => slack.opened, soon).toBe(2);
    const pushed = slack.push('slash_commands', command);
    await expect.poll(() => answers.length, soon).toBe(2);
    answers[1]?.(new Response(null));
    expect(await pushed).toEqual({});
    expect(lines.join()).not.toContain('slack-socket-refused');
  });

  it('tells of an answer that fails, and goes on', async () => {
    const { slack, lines, answers } = await open();
    slack.send('slash_commands', command);
    await expect.poll(() => answers.length, soon).toBe(1);
    answers[0]?.(new Response('no json'));
    await expect.poll(() => lines, soon).toEqual(['slack-socket-not-acknowledged SyntaxError']);
    const pushed = slack.push('slash_commands', command);
    await expect.poll(() => answers.length, soon).toBe(2);
    answers[1]?.(new Response(null));
    expect(await pushed).toEqual({});
  });

  it('a refused reconnect is told and ends nothing', async () => {
    const { slack, lines, pauses, answers } = await open();
    const opens = slack.answers.get('apps.connections.open');
    const refusal = { ok: false, error: 'invalid_auth' };
    slack.answers.set('apps.connections.open', () => refusal);
    slack.refresh();
    const refused = () => lines.filter((line) => line === 'slack-socket-refused invalid_auth');
    await expect.poll(() => refused().length, soon).toBeGreaterThan(7);
    expect(pauses.slice(0, 8)).toEqual([1, 2, 4, 8, 16, 32, 60, 60].map((time) => time * 1_000));
    if (opens !== undefined) slack.answers.set('apps.connections.open', opens);
    await expect.poll(() => slack.opened, soon).toBe(2);
    const pushed = slack.push('slash_commands', command);
    await expect.poll(() => answers.length, soon).toBe(1);
    answers[0]?.(new Response(null));
    expect(await pushed).toEqual({});
  });

  it('is opened again after a second when it stood for long, and stays closed when it was stopped', async () => {
    const { slack, socket, pauses, answers, state } = await open();
    for (let count = 1; count <= 3; count += 1) {
      state.at += 3_600_000;
      slack.refresh();
      await expect.poll(() => slack.opened, soon).toBe(count + 1);
      // Only what comes through it tells that our end stands too; time passes after that.
      const pushed = slack.push('slash_commands', command);
      await expect.poll(() => answers.length, soon).toBe(count);
      answers.at(-1)?.(new Response(null));
      await pushed;
    }
    expect(pauses).toEqual([1_000, 1_000, 1_000]);
    await socket.stop();
    await new Promise((done) => setTimeout(done, 100));
    expect([slack.opened, pauses.length]).toEqual([4, 3]);
  });
});
