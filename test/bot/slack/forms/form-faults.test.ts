import { describe, expect, it } from 'vitest';
import { parseSlack } from '../../../../bot/slack/parse.ts';
import { noticeMessage } from '../../../../core/conversation/notice.ts';
import { openBallot } from '../../../../core/survey/ballot/ballot.ts';
import { filledIn } from '../../../../functions/local/chat/slack/people.ts';
import {
  all,
  catalogue,
  form,
  modalOf,
  open,
  pulse,
  signed,
  submit,
  userId,
} from '../../../support/slack/sari.ts';
import { slackHouse, strangerAt, workspaceId } from '../../../support/slack/workspace.ts';
import { firstOf } from '../../../support/teams/messages.ts';

/** The payload inside a request as Slack sends it. */
const payloadOf = async (request: Request): Promise<Record<string, unknown>> =>
  JSON.parse(new URLSearchParams(await request.text()).get('payload') ?? '{}');

describe('public faults of forms and channels, one by one', () => {
  it('inputs wiped after submit: a refused form keeps its view, its inputs and their ids', async () => {
    const house = slackHouse(catalogue);
    const { ref, ticket } = await pulse(house);
    await open(house, ref);
    const { viewId, view } = modalOf(house);
    const answer = await submit(house, {});
    const body = await answer.clone().json();
    expect(body).toMatchObject({ response_action: 'errors' });
    // The text stands below an input that the form has; Slack drops one for any other id.
    const ids = Object.keys(body.errors);
    expect(ids).toHaveLength(1);
    expect(JSON.stringify(view)).toContain(`"block_id":"${ids[0]}"`);
    expect(await house.workspace.settle(viewId, answer)).toMatchObject({ state: 'refused' });
    expect(modalOf(house)).toMatchObject({ viewId, view });
    const sent = await submit(house, { answers: all(ticket.items, '5') });
    expect(await sent.json()).toMatchObject({ response_action: 'update' });
  });

  it('form sent from another workspace of the grid: counts where the app is installed, answers and all', async () => {
    const house = slackHouse(catalogue);
    const { ref, ticket, privateKey } = await pulse(house);
    await open(house, ref);
    const modal = modalOf(house);
    const values = filledIn(modal, { answers: all(ticket.items, '2'), comment: null });
    const sent = await payloadOf(house.workspace.submit({ userId, viewId: modal.viewId, values }));
    const elsewhere = {
      ...sent,
      team: { id: 'T0LAIN' },
      user: { id: userId, team_id: 'T0LAIN' },
      enterprise: { id: 'E0CONTOH' },
    };
    const answer = await house.door(signed(house, form({ payload: JSON.stringify(elsewhere) })));
    expect(await answer.text()).toContain('Terima kasih');
    const event = firstOf(await house.drain());
    expect(event).toMatchObject({ kind: 'ballot', from: { workspaceId, userId } });
    if (event.kind !== 'ballot') throw new Error('no ballot came out');
    const { answers } = await openBallot(privateKey, event.ballot.sealed, ticket);
    expect(answers[firstOf(ticket.items)]).toBe(2);
  });

  it('form submitted twice: both are thanked with the same bytes, and both have one key', async () => {
    const house = slackHouse(catalogue);
    const { ref, ticket } = await pulse(house);
    await open(house, ref);
    const answers = all(ticket.items, '4');
    const twice = await Promise.all([submit(house, { answers }), submit(house, { answers })]);
    const [first, second] = await Promise.all(twice.map((answer) => answer.text()));
    expect(first).toBe(second);
    expect(new Set((await house.drain()).map(({ key }) => key)).size).toBe(1);
  });

  it('button pressed in a public channel: its channel is nobody’s conversation, its answer is for one alone', async () => {
    const press = {
      type: 'block_actions',
      user: { id: userId, team_id: workspaceId },
      team: { id: workspaceId },
      container: { type: 'message', message_ts: '17.1', channel_id: 'C0UMUM', is_ephemeral: true },
      channel: { id: 'C0UMUM' },
      response_url: 'https://hooks.slack.com/actions/T0CONTOH/1',
      actions: [{ type: 'button', action_id: 'settings.my-data', value: 'id', action_ts: '17.2' }],
    };
    const event = parseSlack(press, new Date(0), null);
    expect(event?.from.conversation).toBeNull();
    const house = slackHouse(catalogue);
    const said: unknown[] = [];
    const chat = house.chatOver(async (_, init) => {
      said.push(JSON.parse(String(init?.body)));
      return new Response('ok');
    });
    const { from, target } = event ?? {
      from: strangerAt(userId),
      target: { ref: null, replyUrl: null },
    };
    await chat.answer(
      { from, target },
      noticeMessage(catalogue, 'id', { key: 'answer.help' }),
      'reply',
    );
    expect(said).toMatchObject([{ response_type: 'ephemeral', replace_original: false }]);
  });
});
