import { describe, expect, it } from 'vitest';
import { dedupeKey, parseTeams, readAnswers, withoutAnswers } from '../../../bot/teams/parse.ts';
import { actionIds } from '../../../core/conversation/message.ts';
import { activityOf, now, pressOf, serviceUrl, tenantId } from '../../support/teams/tokens.ts';

const ballot = { ticket: 'tiket', sealed: 'kotak' };
const parse = (activity: unknown) => parseTeams(activity, now, null);
const quiz = { action: actionIds.answerQuiz, value: 'id|l01|b' };

describe('an activity in our own words', () => {
  it('says who, where and when', () => {
    expect(parse(activityOf())).toEqual({
      kind: 'text',
      text: 'bantuan',
      key: `teams/${tenantId}/a:percakapan/1700000000001`,
      from: {
        platform: 'teams',
        workspaceId: tenantId,
        userId: 'oid-sari',
        conversation: 'a:percakapan',
        serviceUrl,
      },
      at: new Date('2026-12-07T01:29:58.123Z'),
      target: { ref: null, replyUrl: null },
    });
  });

  it('is a press, from the invoke of today and from the submit of older clients', () => {
    const pressed = { kind: 'action', ...quiz, target: { ref: '1:pesan', replyUrl: null } };
    expect(parse(pressOf({ verb: quiz.action, data: quiz }))).toMatchObject(pressed);
    const submit = activityOf({ text: undefined, value: quiz, replyToId: '1:pesan' });
    expect(parse(submit)).toMatchObject(pressed);
    // Nobody has answered it yet: a door can say nothing to a message.
    expect(parse(submit)?.target.unanswered).toBe(true);
    expect(parse(pressOf({ verb: quiz.action, data: quiz }))?.target.unanswered).toBeUndefined();
  });

  it('is a ballot only with what the door has sealed', () => {
    const data = { action: actionIds.submitPulse, value: '', ticket: 'tiket', 'reg-1': '4' };
    const activity = pressOf({ verb: actionIds.submitPulse, data });
    expect(parseTeams(activity, now, ballot)).toMatchObject({ kind: 'ballot', ballot });
    expect(parse(activity)).toBeNull();
  });

  it('tells installing and removing once each', () => {
    const update = (action: string) => activityOf({ type: 'installationUpdate', action });
    expect(parse(update('add'))?.kind).toBe('installed');
    expect(parse(update('remove'))?.kind).toBe('removed');
    expect(parse(update('add-upgrade'))?.kind).toBe('installed');
    expect(parse(update('remove-upgrade'))?.kind).toBe('removed');
    const member = { id: activityOf().recipient.id };
    const joined = activityOf({ type: 'conversationUpdate', membersAdded: [member] });
    expect(parse(joined)?.kind).toBe('seen');
    const left = activityOf({ type: 'conversationUpdate', membersRemoved: [member] });
    expect(parse(left)?.kind).toBe('removed');
  });

  it('drops mentions and empty words, and cuts long ones', () => {
    expect(parse(activityOf({ text: '<at>Langkah</at> kiat ' }))).toMatchObject({ text: 'kiat' });
    const long = parse(activityOf({ text: 'a'.repeat(5_000) }));
    expect(long?.kind === 'text' && long.text.length).toBe(1_000);
  });

  it.each([
    ['a mention alone', { text: '<at>Langkah</at>' }],
    ['a picture without words', { text: undefined, attachments: [{ contentType: 'image/png' }] }],
    ['a reaction', { type: 'messageReaction' }],
    ['another change of the chat', { type: 'conversationUpdate' }],
    ['an installation update that is new', { type: 'installationUpdate', action: 'lain' }],
  ])('tells of %s only where the person is reached', (_, changes) => {
    const { serviceUrl, conversation } = activityOf();
    expect(parse(activityOf(changes))).toMatchObject({
      kind: 'seen',
      from: { userId: 'oid-sari', serviceUrl, conversation: conversation.id },
    });
  });

  it.each([
    ['a group chat', { conversation: { id: '19:x', conversationType: 'groupChat', tenantId } }],
    ['a person without an Entra id', { from: { id: '29:abc' } }],
    ['typing', { type: 'typing' }],
    ['a button that is not ours', { text: undefined, value: { action: 'buy', value: 'x' } }],
    ['another invoke', { type: 'invoke', name: 'composeExtension/query', value: {} }],
  ])('ignores %s', (_, changes) => {
    expect(parse(activityOf(changes))).toBeNull();
  });

  it.each([null, 7, 'teks', [], {}])('ignores %j', (body) => {
    expect(parse(body)).toBeNull();
    expect(dedupeKey(body)).toBe('');
  });

  it('takes the time of the door when Teams gives none', () => {
    expect(parse(activityOf({ timestamp: undefined }))?.at).toEqual(now);
    expect(parse(activityOf({ timestamp: 'kemarin' }))?.at).toEqual(now);
  });

  it('has one key for one fact, another for another, also without an id', () => {
    expect(dedupeKey(activityOf())).toBe(dedupeKey(activityOf()));
    expect(dedupeKey(activityOf({ id: '2' }))).not.toBe(dedupeKey(activityOf()));
    const nameless = activityOf({ id: undefined });
    expect(dedupeKey(nameless)).toBe(dedupeKey(structuredClone(nameless)));
    const later = activityOf({ id: undefined, timestamp: '2026-12-07T01:29:59.000Z' });
    expect(dedupeKey(later)).not.toBe(dedupeKey(nameless));
  });
});

describe('the answers of a form', () => {
  const data = {
    action: actionIds.submitPulse,
    value: 'id',
    ticket: 'tiket',
    'reg-1': '4',
    'data-2': 'na',
    'people-3': '',
    comment: '  Rahasia saya ',
  };

  it('are read with ticket and comment; what was left open is no answer', () => {
    expect(readAnswers(data)).toEqual({
      ticket: 'tiket',
      answers: { 'reg-1': '4', 'data-2': 'na' },
      comment: 'Rahasia saya',
    });
    expect(readAnswers({ 'reg-1': '4' })).toBeNull();
  });

  it.each([
    ['an invoke', pressOf({ verb: actionIds.submitPulse, data })],
    ['a submit of an older client', activityOf({ text: undefined, value: data })],
    ['a button with inputs', pressOf({ verb: 'x', data: { ...data, action: actionIds.later } })],
    ['an invoke that is not ours', activityOf({ type: 'invoke', name: 'x', value: data })],
  ])('are cut out of %s before it is queued', (_, activity) => {
    const kept = JSON.stringify(withoutAnswers(activity));
    expect(kept).not.toMatch(/reg-1|data-2|Rahasia/);
    expect(kept).toContain(activity.from.aadObjectId);
  });
});
