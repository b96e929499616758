/** Faults that users of other Teams bots have reported in public; each has a test that names it. */
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { connectorClient } from '../../../bot/teams/client.ts';
import { teamsMessage } from '../../../bot/teams/view.ts';
import { actionIds } from '../../../core/conversation/message.ts';
import type { Chat } from '../../../core/ports.ts';
import { pulseInvitation } from '../../../core/survey/pulse-message.ts';
import { sendJob } from '../../../functions/jobs/delivery/send.ts';
import { sampleKeys } from '../../../functions/local/sample/agency.ts';
import { lessonTime, openDay } from '../../functions/jobs/delivery/lesson-day.ts';
import { openInvited, sendAnswers } from '../../support/closing.ts';
import { pulseOf } from '../../support/pulse.ts';
import { showCard } from '../../support/teams/card-client.ts';
import { newTicket, shippedCatalogue } from '../../support/teams/messages.ts';
import { strangerAt, type TeamsHouse, teamsHouse } from '../../support/teams/tenant.ts';

const catalogue = await shippedCatalogue();
const userId = 'oid-sari';
const closesAt = '2026-12-11T08:30:00.000Z';

/** A pulse in Sari's chat and its submit button. */
const openPulse = async (house: TeamsHouse) => {
  const made = await newTicket(catalogue, { language: 'id', closesAt });
  const invitation = pulseInvitation(catalogue, made);
  const sent = await house.chat.deliver(strangerAt(userId), invitation, { key: 'k' });
  if (sent.state !== 'sent') throw new Error(sent.reason);
  const data = { action: actionIds.submitPulse, value: '', ticket: made.signed };
  const action = { type: 'Action.Execute', verb: actionIds.submitPulse, data };
  const inputs = Object.fromEntries(made.ticket.items.map((id) => [id, '4']));
  return { ref: sent.ref, action, inputs };
};

const cardOf = (house: TeamsHouse, ref: string): unknown =>
  Object(house.tenant.message(ref)?.payload).attachments[0].content;

describe('card submitted twice', () => {
  it('gives both invokes the same thank-you in their body, and well within three seconds', async () => {
    const house = await teamsHouse(catalogue);
    const { ref, action, inputs } = await openPulse(house);
    const request = await house.tenant.press({ userId, ref, action, inputs });
    const started = performance.now();
    const answers = await Promise.all([house.door(request.clone()), house.door(request)]);
    expect(performance.now() - started).toBeLessThan(3_000);
    const texts = await Promise.all(answers.map((answer) => answer.text()));
    expect(texts[0]).toBe(texts[1]);
    expect(showCard(JSON.parse(texts[0] ?? '').value).text).toContain('diterima');
    const keys = house.bodies.map((body) => JSON.parse(body).key);
    expect(new Set(keys).size).toBe(1);
  });

  it('leaves one ballot', async () => {
    const house = await openInvited();
    const message = pulseOf(house, 'teams', sampleKeys.teamsStaff);
    const shown = await Promise.all([sendAnswers(house, message), sendAnswers(house, message)]);
    expect(shown).toEqual([{}, {}]);
    await house.host.drain();
    const { rows } = await sql`SELECT count(*)::int AS count FROM ballots`.execute(house.db);
    expect(rows).toEqual([{ count: 1 }]);
  });
});

describe('inputs wiped after submit', () => {
  it('never happens on an error: the answer carries no card, so what was typed stays', async () => {
    const house = await teamsHouse(catalogue);
    const { ref, action } = await openPulse(house);
    const before = cardOf(house, ref);
    const empty = await house.door(await house.tenant.press({ userId, ref, action, inputs: {} }));
    const body = JSON.parse(await empty.clone().text());
    expect(body.type).toBe('application/vnd.microsoft.activity.message');
    await house.tenant.settle(ref, empty);
    house.state.queueFails = true;
    const inputs = { comment: 'Sudah lama saya ketik' };
    const failed = await house.door(await house.tenant.press({ userId, ref, action, inputs }));
    expect([failed.status, await failed.clone().text()]).toEqual([500, '']);
    await house.tenant.settle(ref, failed);
    expect(cardOf(house, ref)).toEqual(before);
  });
});

describe('Android sending no inputs', () => {
  it.each(['Action.Execute', 'Action.Submit'])(
    'by %s wipes no ballot out and asks to try again',
    async (type) => {
      const house = await teamsHouse(catalogue);
      const { ref, action, inputs } = await openPulse(house);
      await house.door(await house.tenant.press({ userId, ref, action, inputs }));
      const bare = { ...action, type };
      const answer = await house.door(
        await house.tenant.press({ userId, ref, action: bare, inputs: {} }),
      );
      expect(answer.status).toBe(200);
      // What an invoke is told by the door, a submit is told from behind the queue.
      const told = type === 'Action.Submit' ? ['action'] : [];
      expect((await house.drain()).map(({ kind }) => kind)).toEqual(['ballot', ...told]);
    },
  );
});

describe('SDK re-POST on 502', () => {
  it.each([502, 503, 504])('does not happen: %i is one POST and a doubt', async (status) => {
    let posts = 0;
    const client = connectorClient({
      token: async () => 'rahasia',
      fetch: async () => {
        posts += 1;
        return new Response(null, { status });
      },
      allowedHosts: ['smba.trafficmanager.net'],
    });
    const made = await newTicket(catalogue, { language: 'id', closesAt });
    const place = { serviceUrl: 'https://smba.trafficmanager.net/apac/', conversation: 'a:x' };
    const outcome = await client.send(place, teamsMessage(pulseInvitation(catalogue, made)));
    expect([posts, outcome]).toEqual([1, { state: 'unknown', reason: `http-${status}` }]);
  });
});

describe('cold process sending from a stored reference alone', () => {
  it('needs no activity first: conversation and service address come from the store', async () => {
    const house = await teamsHouse(catalogue);
    const { serviceUrl } = house.tenant;
    const stored = { ...strangerAt(userId), conversation: `a:${userId}`, serviceUrl };
    const made = await newTicket(catalogue, { language: 'en', closesAt });
    const outcome = await house.chat.deliver(stored, pulseInvitation(catalogue, made), {
      key: 'k',
    });
    expect(outcome.state).toBe('sent');
  });
});

describe('429 of one tenant', () => {
  it('delays no other tenant', async () => {
    const house = await openDay();
    const { db, host } = house;
    // Half of the people on Teams move to a second tenant.
    await sql`WITH lane AS (INSERT INTO lanes (platform, workspace_id, rate, burst)
        VALUES ('teams', 'penyewa-kedua', 35, 40) RETURNING id)
      UPDATE identities SET workspace_id = 'penyewa-kedua', lane_id = lane.id FROM lane
      WHERE platform = 'teams' AND person_id % 4 = 1`.execute(db);
    const now = new Date(lessonTime);
    host.clock.moveTo(now);
    const teams = host.context.chats.get('teams');
    if (teams === undefined) throw new Error('no Teams');
    const chat: Chat = {
      ...teams,
      deliver: async (to, ...rest) =>
        to.workspaceId === 'penyewa-kedua'
          ? { state: 'retry', reason: 'throttled', afterSeconds: 600 }
          : teams.deliver(to, ...rest),
    };
    const chats = new Map([...host.context.chats, ['teams' as const, chat]]);
    await sendJob.run({ ...host.context, chats }, now);
    const { rows } = await sql<{ tenant: string; state: string }>`
      SELECT DISTINCT CASE WHEN l.workspace_id = 'penyewa-kedua' THEN 'throttled' ELSE 'other' END
        AS tenant, o.state FROM outbox o JOIN lanes l ON l.id = o.lane_id
      WHERE l.platform = 'teams' AND o.due <= ${now} OR o.state = 'retry' ORDER BY 1, 2`.execute(
      db,
    );
    expect(rows).toContainEqual({ tenant: 'other', state: 'sent' });
    expect(rows).not.toContainEqual({ tenant: 'other', state: 'retry' });
    expect(rows).not.toContainEqual({ tenant: 'other', state: 'planned' });
    expect(rows).toContainEqual({ tenant: 'throttled', state: 'retry' });
    expect(rows).not.toContainEqual({ tenant: 'throttled', state: 'sent' });
  });
});
