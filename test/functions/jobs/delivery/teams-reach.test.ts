/** Where a person on Teams is reached, and why not: kept with every activity and every answer of the Connector. */
import { sql } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ChatEvent } from '../../../../core/conversation/event.ts';
import type { Chat } from '../../../../core/ports.ts';
import { onEvent } from '../../../../functions/jobs/conversation/converse.ts';
import { sendJob } from '../../../../functions/jobs/delivery/send.ts';
import { sampleKeys } from '../../../../functions/local/sample/agency.ts';
import { teamsTenant } from '../../../../functions/local/story/agency.ts';
import type { House } from '../../../support/house.ts';
import { lessonTime, openDay } from './lesson-day.ts';

let house: House;
beforeEach(async () => {
  house = await openDay();
  house.host.clock.moveTo(new Date(lessonTime));
});

type Kept = { readonly conversation: string; readonly service_url: string; readonly why: string };
const kept = async (key: string): Promise<Kept | undefined> => {
  const { rows } = await sql<Kept>`SELECT conversation, service_url, unreachable_reason AS why
    FROM identities WHERE platform = 'teams' AND person_id = ${await house.idOf(key)}`.execute(
    house.db,
  );
  return rows[0];
};

/** Lets something come in from a person at another place than before. */
const comesIn = async (
  said:
    | { readonly kind: 'installed' | 'removed' | 'seen' }
    | { readonly kind: 'text'; readonly text: string },
  serviceUrl = 'https://smba.trafficmanager.net/apac/',
) => {
  const { rows } = await sql<{ id: string }>`SELECT user_id AS id FROM identities
    WHERE platform = 'teams' AND person_id = ${await house.idOf(sampleKeys.teamsStaff)}`.execute(
    house.db,
  );
  const event: ChatEvent = {
    key: `teams/${said.kind}/${serviceUrl}`,
    from: {
      platform: 'teams',
      workspaceId: teamsTenant,
      userId: rows[0]?.id ?? '',
      conversation: 'a:baru',
      serviceUrl,
    },
    at: house.host.clock.now(),
    target: { ref: null, replyUrl: null },
    ...said,
  };
  await onEvent(house.host.context, event);
};

/** Sends the day's lessons over a chat that answers everybody with `reason`. */
const sendRefused = async (reason: string): Promise<void> => {
  const teams = house.host.context.chats.get('teams');
  if (teams === undefined) throw new Error('no Teams');
  const chat: Chat = { ...teams, deliver: async () => ({ state: 'unreachable', reason }) };
  const chats = new Map([...house.host.context.chats, ['teams' as const, chat]]);
  await sendJob.run({ ...house.host.context, chats }, house.host.clock.now());
};

describe('where a person on Teams is reached', () => {
  it('is refreshed from every activity that comes in', async () => {
    await comesIn({ kind: 'installed' });
    expect(await kept(sampleKeys.teamsStaff)).toMatchObject({
      conversation: 'a:baru',
      service_url: 'https://smba.trafficmanager.net/apac/',
    });
    await comesIn({ kind: 'removed' }, 'https://smba.trafficmanager.net/emea/');
    expect((await kept(sampleKeys.teamsStaff))?.service_url).toContain('/emea/');
  });

  it('is refreshed from what asks for nothing, too, and nobody is written to for it', async () => {
    const before = house.host.messages().length;
    await comesIn({ kind: 'seen' }, 'https://smba.trafficmanager.net/amer/');
    expect((await kept(sampleKeys.teamsStaff))?.service_url).toContain('/amer/');
    expect(house.host.messages()).toHaveLength(before);
  });

  it('is opened once and stored: the next message opens nothing', async () => {
    await house.tickAt(lessonTime);
    const first = await kept(sampleKeys.teamsStaff);
    expect(first?.conversation).toMatch(/^a:/);
    const { rows } = await sql`SELECT count(*)::int AS without FROM outbox o
      JOIN identities i ON i.person_id = o.person_id AND i.preferred
      WHERE o.state = 'sent' AND i.platform = 'teams' AND i.conversation IS NULL`.execute(house.db);
    expect(rows).toEqual([{ without: 0 }]);
  });
});

describe('why a person on Teams is not reached', () => {
  it.each(['blocked-by-user', 'not-installed', 'disabled-by-admin', 'guest', 'unlicensed'])(
    'becomes a reason that the next plan says at once: %s',
    async (reason) => {
      await sendRefused(reason);
      expect((await kept(sampleKeys.teamsStaff))?.why).toBe(reason);
    },
  );

  it('is said when the app is removed, and forgotten when it is added again', async () => {
    await comesIn({ kind: 'removed' });
    expect((await kept(sampleKeys.teamsStaff))?.why).toBe('removed-by-person');
    await comesIn({ kind: 'installed' }, 'https://smba.trafficmanager.net/emea/');
    expect((await kept(sampleKeys.teamsStaff))?.why).toBeNull();
  });

  it('is nothing of the person where the message itself was refused', async () => {
    await sendRefused('refused:http-413');
    expect((await kept(sampleKeys.teamsStaff))?.why).toBeNull();
  });
});
