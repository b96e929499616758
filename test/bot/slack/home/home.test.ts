import { describe, expect, it } from 'vitest';
import { shortcuts } from '../../../../bot/slack/forms/payloads.ts';
import { slackHome } from '../../../../bot/slack/home/home.ts';
import { dedupeKey, parseSlack } from '../../../../bot/slack/parse.ts';
import { bareHome, type Home } from '../../../../core/conversation/home.ts';
import { actionIds } from '../../../../core/conversation/message.ts';
import { noticeMessage } from '../../../../core/conversation/notice.ts';
import { checkHome } from '../../../../functions/local/chat/slack/blocks/rules.ts';
import { catalogue, userId } from '../../../support/slack/sari.ts';
import { slackHouse, strangerAt } from '../../../support/slack/workspace.ts';

const now = new Date('2026-12-07T01:30:00.000Z');
const help = bareHome(noticeMessage(catalogue, 'id', { key: 'answer.help' }));
const press = {
  type: 'block_actions',
  user: { id: userId, team_id: 'T1' },
  team: { id: 'T1' },
  container: { type: 'view', view_id: 'V1' },
  view: { id: 'V1', type: 'home', app_installed_team_id: 'T2' },
  actions: [
    {
      type: 'static_select',
      action_id: 'settings.frequency',
      action_ts: '17.1',
      selected_option: { value: 'id|3' },
    },
  ],
};

describe('the Home tab', () => {
  it('is published for one person of one workspace', async () => {
    const house = slackHouse(catalogue);
    const to = strangerAt(userId);
    expect(await house.chat.home?.(to, help)).toMatchObject({ state: 'sent' });
    expect(house.workspace.home(userId)).toEqual(slackHome(help));
    expect(house.screen(userId)).toEqual([]);
    house.state.refusing.add(userId);
    expect((await house.chat.home?.(to, help))?.state).not.toBe('sent');
    house.state.refusing.clear();
    house.state.fault = 'throttled';
    expect(await house.chat.home?.(to, help)).toMatchObject({ state: 'retry', afterSeconds: 30 });
  });

  it('is cut, not refused, whatever it is given', () => {
    const long = '😀'.repeat(4_000);
    const options = Array.from({ length: 120 }, (_, at) => ({
      value: `id|${at}`,
      label: '😀'.repeat(200),
    }));
    const choice = {
      ...({ type: 'choice', id: actionIds.time, label: long, hint: long } as const),
      ...{ options, chosen: 'id|7' },
    };
    const home: Home = {
      language: 'id',
      sections: Array.from({ length: 60 }, () => ({
        title: long,
        parts: [choice, { type: 'paragraph' as const, text: long }],
      })),
    };
    const view = slackHome(home);
    expect(view.blocks).toHaveLength(100);
    expect(checkHome(view)).toEqual(view);
    const wrong = { ...choice, options: [{ value: 'x'.repeat(151), label: 'x' }] };
    expect(() => slackHome({ ...home, sections: [{ title: '', parts: [wrong] }] })).toThrow(
      /longer than 150/,
    );
  });

  it('tells of a choice in it: the option, no message, the workspace of the installation', () => {
    expect(parseSlack(press, now, null)).toMatchObject({
      kind: 'action',
      action: 'settings.frequency',
      value: 'id|3',
      from: { workspaceId: 'T2', userId, conversation: null },
      target: { ref: null, replyUrl: null, home: true },
    });
    const modal = { ...press, view: { ...press.view, type: 'modal' } };
    expect(parseSlack(modal, now, null)?.target.home).toBeUndefined();
  });
});

describe('a global shortcut', () => {
  it.each(Object.entries(shortcuts))('%s says what "/langkah %s" says', (callback_id, text) => {
    const started = {
      ...{ type: 'shortcut', user: press.user, team: press.team },
      ...{ callback_id, action_ts: '17.2', trigger_id: '1.1' },
    };
    const event = parseSlack(started, now, null);
    expect(event).toMatchObject({ kind: 'text', command: true, text, from: { userId } });
    expect(dedupeKey(started)).toBe(event?.key);
    expect(dedupeKey({ ...started, action_ts: '17.3' })).not.toBe(event?.key);
    expect(parseSlack({ ...started, callback_id: 'asing' }, now, null)).toBeNull();
  });
});
