import { describe, expect, it } from 'vitest';
import { slackDispatcher } from '../../../bot/slack/dispatch.ts';
import { withoutAnswers } from '../../../bot/slack/forms/answers.ts';
import { writeModalContext } from '../../../bot/slack/forms/payloads.ts';
import { dedupeKey } from '../../../bot/slack/parse.ts';
import type { ChatEvent, Inbound } from '../../../core/conversation/event.ts';

const team = { id: 'T1', domain: 'contoh' };
const user = { id: 'U1', team_id: 'T1' };
const bodies: Readonly<Record<string, Record<string, unknown>>> = {
  press: {
    type: 'block_actions',
    user,
    team,
    container: { type: 'message', message_ts: '17.1', channel_id: 'D1' },
    actions: [{ type: 'button', action_id: 'lesson.later', value: 'id|l01', action_ts: '17.2' }],
  },
  ballot: {
    type: 'view_submission',
    user,
    team,
    view: {
      id: 'V1',
      callback_id: 'pulse.submit',
      private_metadata: writeModalContext({
        ticket: 'a.b',
        conversation: null,
        ref: null,
        replyUrl: null,
      }),
    },
  },
  command: { command: '/langkah', text: 'bantuan', user_id: 'U1', team_id: 'T1' },
  shortcut: {
    type: 'shortcut',
    user,
    team,
    callback_id: 'langkah-today',
    action_ts: '17.4',
    trigger_id: '1.2',
  },
  typed: {
    type: 'event_callback',
    team_id: 'T1',
    event_id: 'Ev1',
    event: {
      type: 'message',
      channel_type: 'im',
      channel: 'D1',
      user: 'U1',
      text: 'x',
      ts: '17.3',
    },
  },
  home: {
    type: 'event_callback',
    team_id: 'T1',
    event_id: 'Ev2',
    event: { type: 'app_home_opened', user: 'U1', tab: 'home' },
  },
  joined: {
    type: 'event_callback',
    team_id: 'T1',
    event_id: 'Ev3',
    event: { type: 'team_join', user: { id: 'U7' } },
  },
  changed: {
    type: 'event_callback',
    team_id: 'T1',
    event_id: 'Ev5',
    event: { type: 'user_change', user: { id: 'U7', tz: 'Asia/Jayapura' } },
  },
  granted: {
    // What concerns a whole organisation names no team.
    type: 'event_callback',
    team_id: null,
    enterprise_id: 'E1',
    event_id: 'Ev6',
    event: { type: 'team_access_granted', team_ids: ['T2'] },
  },
  revoked: {
    type: 'event_callback',
    team_id: 'T1',
    event_id: 'Ev7',
    event: { type: 'tokens_revoked', tokens: { bot: ['U0BOT'] } },
  },
  removed: {
    type: 'event_callback',
    team_id: 'T1',
    event_id: 'Ev4',
    event: { type: 'app_uninstalled' },
  },
};

const inbound = (body: Record<string, unknown>): Inbound => ({
  platform: 'slack',
  key: dedupeKey(body),
  receivedAt: '2026-12-07T01:30:00.000Z',
  body: withoutAnswers(body),
  ballot: body['type'] === 'view_submission' ? { ticket: 'a.b', sealed: 'kotak' } : null,
});

const dispatcher = (onEvent: (event: ChatEvent) => Promise<void>) => {
  const lines: string[] = [];
  const note = (event: string, fields = {}) => {
    lines.push(JSON.stringify({ event, ...fields }));
  };
  const log = { info: note, warn: note, error: note };
  return { dispatch: slackDispatcher({ onEvent, log }), lines };
};

describe('behind the queue, through Bolt itself', () => {
  it.each([
    ['press', 'action'],
    ['ballot', 'ballot'],
    ['command', 'text'],
    ['shortcut', 'text'],
    ['typed', 'text'],
    ['home', 'home'],
    ['joined', 'member'],
    ['changed', 'member'],
    ['granted', 'installation'],
    ['revoked', 'installation'],
    ['removed', 'installation'],
  ])('a queued %s comes out once, as %s, with the key of the door', async (name, kind) => {
    const events: ChatEvent[] = [];
    const { dispatch } = dispatcher(async (event) => {
      events.push(event);
    });
    const taken = inbound(bodies[name] ?? {});
    await dispatch(taken);
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({ kind, key: taken.key });
  });

  it('an error of ours comes through unchanged, so that the queue tries again', async () => {
    const fault = new Error('database is away');
    const { dispatch, lines } = dispatcher(() => Promise.reject(fault));
    for (const name of ['press', 'ballot', 'command', 'typed'])
      await expect(dispatch(inbound(bodies[name] ?? {}))).rejects.toBe(fault);
    expect(lines.join()).not.toContain('away');
  });

  it('what says nothing to us is dropped without an event and without an error', async () => {
    const events: ChatEvent[] = [];
    const { dispatch } = dispatcher(async (event) => {
      events.push(event);
    });
    const odd = { ...inbound({}), body: 'bukan objek' };
    await dispatch(odd);
    await dispatch(inbound({ type: 'event_callback', team_id: 'T1', event: { type: 'reaction' } }));
    await dispatch(inbound({ type: 'unheard' }));
    expect(events).toEqual([]);
  });

  it('runs many payloads at once without mixing them up', async () => {
    const seen: string[] = [];
    const { dispatch } = dispatcher(async (event) => {
      await new Promise((resolve) => setImmediate(resolve));
      seen.push(event.key);
    });
    const all = Object.values(bodies).map(inbound);
    await Promise.all(all.map(dispatch));
    expect(seen.toSorted()).toEqual(all.map(({ key }) => key).toSorted());
  });
});
