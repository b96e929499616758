import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { actionIds } from '../../../../core/conversation/message.ts';
import type { LocalMessage } from '../../../../core/store/local-messages.ts';
import { advanceWave } from '../../../../core/store/pulse/waves.ts';
import { openVoter, readLink } from '../../../../core/survey/ballot/link.ts';
import { waveMark } from '../../../../core/survey/ballot/marks.ts';
import { openInbox } from '../../../../functions/app/queue/inbox.ts';
import { waveSecretName } from '../../../../functions/jobs/pulse/wave-secrets.ts';
import { sampleKeys } from '../../../../functions/local/sample/agency.ts';
import { linkIn, sendBallot } from '../../../../functions/local/story/ballot-page.ts';
import { openStory } from '../../../../functions/local/story/story.ts';
import { all, firstAnswers, queued } from '../../../support/ballots.ts';
import { dump, type House, openHouse } from '../../../support/house.ts';

const staff = { slack: sampleKeys.slackStaff, teams: sampleKeys.teamsStaff } as const;
type Chat = keyof typeof staff;

const openPage = async (): Promise<House> => {
  const house = await openHouse({ now: '2026-10-11T17:00:00Z', welcomed: true, ballot: 'web' });
  for (const hour of ['00', '01', '02', '03']) await house.tickAt(`2026-10-12T${hour}:00:00Z`);
  return house;
};

/** The latest message with a link in a person's chat. */
const linked = (house: House, chat: Chat): LocalMessage => {
  const found = house.messagesOf(chat, staff[chat]).findLast(({ payload }) => linkIn(payload));
  if (found === undefined) throw new Error(`nobody sent ${chat} a link`);
  return found;
};
const tokenOf = ({ payload }: LocalMessage): string => linkIn(payload) ?? '';

const send = (house: House, token: string, value: string): Promise<Response> =>
  sendBallot(house.host.ballots, token, { ...all(house, value), comment: 'kata-4242' });
const latest = (house: House, chat: Chat): string =>
  JSON.stringify(house.messagesOf(chat, staff[chat]).at(-1)?.payload);

describe('a pulse on the agency’s own page', () => {
  let house: House;
  beforeAll(async () => {
    house = await openPage();
  });

  it.each(['slack', 'teams'] as const)('is offered on %s by a link and no form', async (chat) => {
    const message = linked(house, chat);
    const shown = JSON.stringify(message.payload);
    expect(shown).toContain('jawaban tidak melewati aplikasi obrolan');
    expect(shown).toContain('Minta tautan baru');
    expect(shown).not.toMatch(/pulse\.(open|submit)|Input\.ChoiceSet/);
    const { ticketKey } = house.host.context;
    const read = readLink(tokenOf(message), ticketKey, house.host.clock.now());
    if (read.state !== 'open') throw new Error(read.state);
    const secret = await house.secrets.get(waveSecretName('w1', 'secret'));
    expect(openVoter(secret ?? '', 'w1', read.voter)).toBe(await house.idOf(staff[chat]));
    expect(linkIn(JSON.stringify(message))).not.toContain(staff[chat]);
  });

  it('tells us nothing when it is opened: a platform’s word of the press is let pass', async () => {
    const message = linked(house, 'slack');
    const { blocks } = message.payload as { blocks: { elements?: { url?: string }[] }[] };
    const element = blocks.flatMap(({ elements = [] }) => elements).find(({ url }) => url);
    const { userId, ref } = message;
    const before = house.host.messages().length;
    expect(await house.actor('slack').press({ userId, ref, element, inputs: {} })).toEqual({});
    expect(await queued(house)).toEqual([]);
    expect(house.host.messages()).toHaveLength(before);
  });

  it('gives everybody another link', () => {
    const tokens = house.host.messages().flatMap(({ payload }) => linkIn(payload) ?? []);
    expect(tokens.length).toBeGreaterThan(200);
    expect(new Set(tokens).size).toBe(tokens.length);
  });

  it('is answered on the page, and no chat, table, line or queue holds what was said', async () => {
    const token = tokenOf(linked(house, 'slack'));
    expect((await send(house, token, '2')).status).toBe(303);
    await house.host.drain();
    expect(await firstAnswers(house)).toEqual([2]);
    await house.host.flush();
    const lines = JSON.stringify(house.lines);
    for (const everything of [await dump(house.db), lines]) {
      expect(everything).not.toContain('kata-4242');
    }
    expect(lines).not.toContain(token.slice(0, 40));
  });

  it('counts one sending per link, and tells whoever sends again once, in chat', async () => {
    const token = tokenOf(linked(house, 'slack'));
    const before = house.messagesOf('slack', staff.slack).length;
    house.host.clock.moveTo(new Date('2026-10-12T03:20:00Z'));
    for (const value of ['5', '4', '5']) {
      await send(house, token, value);
      await house.host.drain();
    }
    expect(await firstAnswers(house)).toEqual([2]);
    expect(house.messagesOf('slack', staff.slack)).toHaveLength(before + 1);
    expect(latest(house, 'slack')).toContain('Tautan ini sudah dipakai');
  });

  it('leaves a mark that nobody can hold against it without the wave’s secret', async () => {
    const { ticketKey } = house.host.context;
    const read = readLink(tokenOf(linked(house, 'slack')), ticketKey, house.host.clock.now());
    if (read.state !== 'open') throw new Error(read.state);
    const rows = await house.db.selectFrom('seen_events').select('key').execute();
    const marks = rows.flatMap(({ key }) => (key.startsWith('link/') ? [key] : []));
    expect(marks.length).toBeGreaterThan(0);
    const plain = createHash('sha256').update(read.voter).digest('base64url');
    expect(marks).not.toContain(`link/${plain}`);
    const secret = (await house.secrets.get(waveSecretName('w1', 'secret'))) ?? '';
    expect(marks).toContain(waveMark(secret, { kind: 'link', of: read.voter }));
  });

  it('sent twice before the queue is handled counts the first, together or one by one', async () => {
    const token = tokenOf(linked(house, 'teams'));
    await send(house, token, '1');
    await send(house, token, '5');
    await house.host.drain();
    expect(await firstAnswers(house)).toEqual([1, 2]);
    expect(latest(house, 'teams')).toContain('Tautan ini sudah dipakai');
  });

  it.each([
    ['slack', '3', [1, 3]],
    ['teams', '4', [3, 4]],
  ] as const)('is changed on %s by a new link on request', async (chat, value, expected) => {
    const before = tokenOf(linked(house, chat));
    const asked = house
      .messagesOf(chat, staff[chat])
      .find(({ payload }) => linkIn(payload) === before);
    if (asked === undefined) throw new Error('no invitation');
    await house.press(asked, actionIds.newLink);
    const fresh = tokenOf(linked(house, chat));
    expect(fresh).not.toBe(before);
    await send(house, fresh, value);
    await house.host.drain();
    expect(await firstAnswers(house)).toEqual(expected);
  });

  it('takes a redelivered box in silence, even after a newer one', async () => {
    const { takeBallots } = openInbox(house.host.context);
    const fresh = async (): Promise<string> => {
      await house.press(linked(house, 'slack'), actionIds.newLink);
      return tokenOf(linked(house, 'slack'));
    };
    const first = await fresh();
    const second = await fresh();
    await send(house, first, '1');
    await send(house, second, '5');
    const entries = await queued(house);
    const messages = house.host.messages().length;
    await takeBallots([...entries, ...entries]);
    const before = await firstAnswers(house);
    await house.host.drain();
    await takeBallots(entries);
    await takeBallots(entries.slice(0, 1));
    expect(await firstAnswers(house)).toEqual(before);
    expect(house.host.messages()).toHaveLength(messages);
  });

  it('refuses kindly, and once, what comes after an early close', async () => {
    const invitation = house
      .messagesOf('slack', 'KC-0022')
      .findLast(({ payload }) => linkIn(payload));
    const token = linkIn(invitation?.payload) ?? '';
    const before = await firstAnswers(house);
    await advanceWave(house.db, 'w1', { from: 'open', to: 'closing' });
    for (const value of ['1', '2']) {
      expect((await send(house, token, value)).status).toBe(303);
      await house.host.drain();
    }
    expect(await firstAnswers(house)).toEqual(before);
    const said = house
      .messagesOf('slack', 'KC-0022')
      .filter(({ payload }) => JSON.stringify(payload).includes('sudah ditutup'));
    expect(said).toHaveLength(1);
  });
});

describe('the sample’s people', () => {
  it('follow the link and send the form, each in their own time', async () => {
    const house = await openPage();
    const story = await openStory(house.host, new Set());
    const until = new Date('2026-10-13T10:00:00Z');
    await story.advance({ until, onStep: async () => undefined, cancelled: () => false });
    expect((await firstAnswers(house)).length).toBeGreaterThan(20);
    const said = JSON.stringify(house.host.messages().map(({ payload }) => payload));
    expect(said).not.toContain('Tautan ini sudah dipakai');
  });
});
