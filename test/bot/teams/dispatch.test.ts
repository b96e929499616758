import { createServer } from 'node:http';
import { describe, expect, it } from 'vitest';
import { teamsDispatcher } from '../../../bot/teams/dispatch.ts';
import { dedupeKey } from '../../../bot/teams/parse.ts';
import type { ChatEvent, Inbound, SealedBallot } from '../../../core/conversation/event.ts';
import { actionIds } from '../../../core/conversation/message.ts';
import { ConflictError } from '../../../core/errors.ts';
import type { Log } from '../../../core/ports.ts';
import { activityOf, now, pressOf } from '../../support/teams/tokens.ts';

const inboundOf = (body: unknown, ballot: SealedBallot | null = null): Inbound => ({
  platform: 'teams',
  key: dedupeKey(body),
  receivedAt: now.toISOString(),
  body,
  ballot,
});

const dispatcher = (onEvent?: (event: ChatEvent) => Promise<void>) => {
  const events: ChatEvent[] = [];
  const lines: string[] = [];
  const note = (event: string): void => {
    lines.push(event);
  };
  const log: Log = { info: note, warn: note, error: note };
  const keep = async (event: ChatEvent): Promise<void> => {
    events.push(event);
  };
  return { events, lines, dispatch: teamsDispatcher({ onEvent: onEvent ?? keep, log }) };
};

describe('botbuilder behind the queue', () => {
  it('routes words, presses, ballots, installing and removing to one event each', async () => {
    const { events, dispatch } = dispatcher();
    const data = { action: actionIds.later, value: 'id|l01' };
    const ballot = { ticket: 'tiket', sealed: 'kotak' };
    const submit = { action: actionIds.submitPulse, value: '' };
    await dispatch(inboundOf(activityOf()));
    await dispatch(inboundOf(pressOf({ verb: data.action, data })));
    await dispatch(inboundOf(activityOf({ text: undefined, value: data })));
    await dispatch(inboundOf(pressOf({ verb: submit.action, data: submit }), ballot));
    await dispatch(inboundOf(activityOf({ type: 'installationUpdate', action: 'add' })));
    await dispatch(inboundOf(activityOf({ type: 'installationUpdate', action: 'remove' })));
    const left = { membersRemoved: [activityOf().recipient] };
    await dispatch(inboundOf(activityOf({ type: 'conversationUpdate', ...left })));
    await dispatch(inboundOf(activityOf({ type: 'messageReaction' })));
    expect(events.map(({ kind }) => kind)).toEqual([
      'text',
      'action',
      'action',
      'ballot',
      'installed',
      'removed',
      'removed',
      'seen',
    ]);
  });

  it('lets the error of the handler through as it is, so that the queue can decide', async () => {
    const fault = new ConflictError('busy');
    const { dispatch } = dispatcher(() => Promise.reject(fault));
    const data = { action: actionIds.help, value: 'id' };
    await expect(dispatch(inboundOf(activityOf()))).rejects.toBe(fault);
    await expect(dispatch(inboundOf(pressOf({ verb: 'help', data })))).rejects.toBe(fault);
  });

  it('says so when a body is none of its own, and goes on', async () => {
    const { events, lines, dispatch } = dispatcher();
    await dispatch(inboundOf({ type: 'message' }));
    await dispatch(inboundOf(activityOf({ type: 'endOfConversation' })));
    expect(events).toEqual([]);
    expect(lines).toEqual(['teams-activity-unreadable']);
  });

  it('calls nobody: the service URL of the activity gets no request', async () => {
    const seen: string[] = [];
    const server = createServer((request, response) => {
      seen.push(request.url ?? '');
      response.end();
    });
    await new Promise<void>((done) => {
      server.listen(0, '127.0.0.1', done);
    });
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const { events, dispatch } = dispatcher();
    const data = { action: actionIds.help, value: 'id' };
    const url = { serviceUrl: `http://127.0.0.1:${port}/` };
    await dispatch(inboundOf(pressOf({ verb: data.action, data }, url)));
    await dispatch(inboundOf(activityOf(url)));
    await new Promise((done) => {
      server.close(done);
    });
    expect(events).toHaveLength(2);
    expect(seen).toEqual([]);
  });

  it('leaves the queued entry as it was', async () => {
    const { dispatch } = dispatcher();
    const entry = inboundOf(activityOf());
    const before = structuredClone(entry);
    await dispatch(entry);
    expect(entry).toEqual(before);
  });
});
