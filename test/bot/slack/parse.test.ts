import { describe, expect, it } from 'vitest';
import { readAnswers, withoutAnswers } from '../../../bot/slack/forms/answers.ts';
import { readModalContext, writeModalContext } from '../../../bot/slack/forms/payloads.ts';
import { decodeSlack, dedupeKey, parseSlack } from '../../../bot/slack/parse.ts';

const receivedAt = new Date('2026-12-07T01:30:00.000Z');
const bytes = (text: string) => new TextEncoder().encode(text);
const form = 'application/x-www-form-urlencoded';

const press = {
  type: 'block_actions',
  user: { id: 'U1', username: 'sari', team_id: 'T1' },
  token: 'usang',
  container: { type: 'message', message_ts: '1796607000.000100', channel_id: 'D1' },
  trigger_id: '12.34.ab',
  team: { id: 'T1', domain: 'contoh' },
  enterprise: null,
  channel: { id: 'D1', name: 'directmessage' },
  message: { type: 'message', ts: '1796607000.000100', text: 'Kiat', blocks: [{ type: 'header' }] },
  state: { values: { rahasia: {} } },
  response_url: 'https://hooks.slack.com/actions/T1/1/x',
  actions: [
    {
      action_id: 'quiz.answer:2',
      block_id: 'b',
      text: { type: 'plain_text', text: 'B' },
      value: 'id|l01|b',
      type: 'button',
      action_ts: '1796607012.345678',
    },
  ],
};

const context = { ticket: 'a.b', conversation: 'D1', ref: '17.1', replyUrl: null };
const submission = {
  type: 'view_submission',
  user: { id: 'U1', team_id: 'T2' },
  team: { id: 'T2' },
  view: {
    id: 'V1',
    hash: '17.abc',
    callback_id: 'pulse.submit',
    private_metadata: writeModalContext(context),
    app_installed_team_id: 'T1',
    blocks: [{ type: 'input' }],
    state: {
      values: {
        q1: { choice: { type: 'radio_buttons', selected_option: { value: '4' } } },
        q2: { choice: { type: 'radio_buttons', selected_option: null } },
        comment: { words: { type: 'plain_text_input', value: '  perlu latihan  ' } },
      },
    },
  },
};
const command = {
  command: '/langkah',
  text: ' jeda 7 ',
  user_id: 'U1',
  team_id: 'T1',
  channel_id: 'C9',
  response_url: 'https://hooks.slack.com/commands/T1/1/x',
  trigger_id: '55.66',
};
const event = (inner: object) => ({
  type: 'event_callback',
  team_id: 'T1',
  event_id: 'Ev1',
  event_time: 1796607000,
  event: inner,
});
const typed = {
  type: 'message',
  channel_type: 'im',
  channel: 'D1',
  user: 'U1',
  text: ' apa ini? ',
  ts: '1796607001.5',
};
const read = (body: unknown) => parseSlack(body, receivedAt, null);

describe('the body of a request', () => {
  it('is read from JSON, from a form and from the payload of a form', () => {
    expect(decodeSlack('application/json', bytes('{"a":1}'))).toEqual({ a: 1 });
    expect(decodeSlack(form, bytes('command=%2Flangkah&text=jeda+7'))).toEqual({
      command: '/langkah',
      text: 'jeda 7',
    });
    expect(decodeSlack(form, bytes(`payload=${encodeURIComponent('{"a":"é😀"}')}`))).toEqual({
      a: 'é😀',
    });
  });

  it('is read whatever follows the media type', () => {
    const body = bytes('{"a":1}');
    for (const type of ['application/json; charset=utf-8', 'Application/JSON;charset=UTF-8'])
      expect(decodeSlack(type, body)).toEqual({ a: 1 });
    expect(decodeSlack(`${form}; charset=utf-8`, bytes('a=1'))).toEqual({ a: '1' });
  });

  it('is nothing when it is broken, no object, not UTF-8 or of another type', () => {
    for (const text of ['', '{', 'null', '[1]', '"x"'])
      expect(decodeSlack('application/json', bytes(text)), text).toBeNull();
    expect(decodeSlack(form, bytes('payload=%7B'))).toBeNull();
    expect(decodeSlack('application/json', Uint8Array.of(0x7b, 0xff, 0x7d))).toBeNull();
    // Half of a pair, a byte too many and a surrogate are no UTF-8; the character for "unknown" is.
    for (const odd of [[0xc3], [0xc0, 0xaf], [0xed, 0xa0, 0x80]])
      expect(decodeSlack(form, Uint8Array.of(0x61, 0x3d, ...odd))).toBeNull();
    expect(decodeSlack(form, bytes('a=\ufffd'))).toEqual({ a: '\ufffd' });
    expect(decodeSlack('application/json', bytes('\ufeff{"a":1}'))).toEqual({ a: 1 });
    expect(decodeSlack('text/plain', bytes('{"a":1}'))).toBeNull();
    expect(decodeSlack(null, bytes('{"a":1}'))).toBeNull();
  });
});

describe('an event', () => {
  it('says who pressed what, when, on which message, and where to answer', () => {
    expect(read(press)).toEqual({
      key: 'slack/T1/U1/1796607000.000100/quiz.answer:2/1796607012.345678',
      at: new Date(1796607012346),
      kind: 'action',
      action: 'quiz.answer',
      value: 'id|l01|b',
      from: {
        platform: 'slack',
        workspaceId: 'T1',
        userId: 'U1',
        conversation: 'D1',
        serviceUrl: null,
      },
      target: { ref: '1796607000.000100', replyUrl: press.response_url },
    });
  });

  it('finds the workspace of an org-wide install without a team', () => {
    const { workspaceId } = read({ ...press, team: null })?.from ?? {};
    expect(workspaceId).toBe('T1');
    const bare = { ...press, team: null, user: { id: 'U1' }, enterprise: { id: 'E1' } };
    expect(read(bare)?.from.workspaceId).toBe('E1');
  });

  it('is a ballot only with what the door sealed, from the workspace the app answers in', () => {
    expect(read(submission)).toBeNull();
    const ballot = { ticket: 'a.b', sealed: 'kotak' };
    expect(parseSlack(submission, receivedAt, ballot)).toMatchObject({
      kind: 'ballot',
      ballot,
      at: receivedAt,
      from: { workspaceId: 'T1', userId: 'U1', conversation: 'D1' },
      target: { ref: '17.1', replyUrl: null },
    });
  });

  it('is the text of the command, answered to this person alone', () => {
    expect(read(command)).toMatchObject({
      kind: 'text',
      text: 'jeda 7',
      from: { conversation: null },
      target: { ref: null, replyUrl: command.response_url },
    });
    expect(read({ ...command, text: '' })).toMatchObject({ kind: 'text', text: '' });
    expect(read({ ...command, command: '/lain' })).toBeNull();
  });

  it('is what a person typed in the direct message', () => {
    expect(read(event(typed))).toMatchObject({
      key: 'slack/T1/Ev1',
      kind: 'text',
      text: 'apa ini?',
      at: new Date(1796607001500),
      from: { userId: 'U1', conversation: 'D1' },
    });
  });

  it('is not what a bot said, what was edited, or what was said in a channel', () => {
    const others = [
      { bot_id: 'B1' },
      { subtype: 'message_changed' },
      { subtype: 'bot_message' },
      { channel_type: 'channel' },
      { user: undefined },
      { text: '   ' },
    ];
    for (const other of others) expect(read(event({ ...typed, ...other }))).toBeNull();
  });

  it('is the opened home', () => {
    expect(read(event({ type: 'app_home_opened', user: 'U1', tab: 'home' }))).toMatchObject({
      kind: 'home',
      from: { userId: 'U1' },
    });
    expect(read(event({ type: 'app_home_opened', user: 'U1', tab: 'messages' }))).toBeNull();
  });

  it('is nothing for anything else', () => {
    const foreign = { ...press, actions: [{ action_id: 'asing', action_ts: '1.1' }] };
    const others = [null, 'x', {}, [], foreign, event({ type: 'reaction_added', user: 'U1' })];
    for (const other of others) expect(read(other)).toBeNull();
    expect(read({ ...submission, view: { ...submission.view, callback_id: 'asing' } })).toBeNull();
  });
});

describe('the key of a fact', () => {
  it('is the same for the same fact delivered twice, and differs for two facts', () => {
    const again = { ...press, actions: [{ ...press.actions[0], action_ts: '1796607013.000000' }] };
    const keys = [press, again, submission, command, event(typed)].map(dedupeKey);
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys.map((key) => key.startsWith('slack/'))).not.toContain(false);
    const retried = { ...event(typed), event_time: 1796607400 };
    expect(dedupeKey(retried)).toBe(dedupeKey(event(typed)));
  });
});

describe('the answers of a form', () => {
  it('are the chosen values by question, and the words of the comment', () => {
    expect(readAnswers(submission.view.state.values)).toEqual({
      answers: { q1: '4' },
      comment: 'perlu latihan',
    });
  });

  it('are none where an input is missing, as some phones send it', () => {
    for (const values of [{}, undefined, null, 'x', { q1: {} }, { comment: { words: {} } }])
      expect(readAnswers(values)).toEqual({ answers: {}, comment: null });
  });

  it('are cut out of what goes on the queue', () => {
    const kept = JSON.stringify([withoutAnswers(submission), withoutAnswers(press)]);
    for (const gone of ['selected_option', 'latihan', 'rahasia', 'usang', 'header'])
      expect(kept).not.toContain(gone);
    const ballot = { ticket: 'a.b', sealed: 'kotak' };
    expect(parseSlack(withoutAnswers(submission), receivedAt, ballot)).toEqual(
      parseSlack(submission, receivedAt, ballot),
    );
    expect(read(withoutAnswers(press))).toEqual(read(press));
  });

  it('travel back with the place of their invitation', () => {
    expect(readModalContext(writeModalContext(context))).toEqual(context);
    for (const other of ['', '{}', '["a"]', '[1,2,3,4]', 'x'])
      expect(readModalContext(other)).toBeNull();
  });
});
