/** From the first click on "add" to "stop", with Microsoft's own client and Connector on the other side. */
import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { teamsChat } from '../../../bot/teams/chat.ts';
import { connectorClient } from '../../../bot/teams/client.ts';
import { teamsDoor } from '../../../bot/teams/door.ts';
import { teamsVerifier } from '../../../bot/teams/verify.ts';
import { cardType } from '../../../bot/teams/view.ts';
import type { Platform } from '../../../core/ports.ts';
import { addRecall } from '../../../core/store/outbox/amendments.ts';
import { openDispatchers } from '../../../functions/app/queue/dispatchers.ts';
import type { Context } from '../../../functions/jobs/context.ts';
import { planAll } from '../../../functions/jobs/delivery/plan.ts';
import { tick } from '../../../functions/jobs/tick.ts';
import { type House, openHouse } from '../../support/house.ts';
import { showCard } from '../../support/teams/card-client.ts';
import {
  playgroundServiceUrl,
  type Shown,
  startPlayground,
} from '../../support/teams/playground.ts';
import { honestClaims, issuer, keySet, newKey, signToken } from '../../support/teams/tokens.ts';

/** Somebody whom the roster names by e-mail only. */
const key = 'KC-0023';
const { host } = new URL(playgroundServiceUrl);

let house: House;
let context: Context;
let playground: Awaited<ReturnType<typeof startPlayground>>;
const queued: string[] = [];

/** Waits for what the client sends to come through the door, handles it and lets the timer fire. */
const react = async (): Promise<void> => {
  await expect.poll(() => queued.length, { timeout: 5_000 }).toBeGreaterThan(0);
  const dispatch = openDispatchers(context).get('teams');
  for (const entry of queued.splice(0)) await dispatch?.(JSON.parse(entry));
  await tick(context);
};

/** Plans the day that begins and lets the timer fire at `at`. */
const liveOn = async (at: string): Promise<void> => {
  house.host.clock.moveTo(new Date(new Date(at).getTime() - 3_600_000));
  await planAll(context, house.host.clock.now());
  house.host.clock.moveTo(new Date(at));
  await tick(context);
};

beforeAll(async () => {
  house = await openHouse({ now: '2026-10-26T02:00:00Z' });
  const signer = await newKey('playground');
  const bearer = () => {
    const now = house.host.clock.now().getTime() / 1000;
    const times = { nbf: now - 60, exp: now + 3_600 };
    return signToken(signer, { ...honestClaims, ...times, serviceurl: playgroundServiceUrl });
  };
  const { catalogue, clock, log, ticketKey } = house.host.context;
  let door: ReturnType<typeof teamsDoor> | null = null;
  playground = await startPlayground(async (request) => {
    if (door === null) throw new Error('the door is not open yet');
    return door(request);
  }, bearer);
  const { config } = playground;
  const verify = teamsVerifier({
    registrations: [{ tenantId: config.tenantId, appId: honestClaims.aud }],
    issuer,
    keys: keySet([signer]),
    now: clock.now,
    hosts: [host],
  });
  const queue = { put: async (body: string) => void queued.push(body) };
  door = teamsDoor({ verify, ticketKey, catalogue, queue, clock, log });
  const client = connectorClient({
    token: async () => 'playground',
    fetch: playground.connector,
    allowedHosts: [host],
  });
  const chat = teamsChat({ client, appId: honestClaims.aud, serviceUrl: playgroundServiceUrl });
  context = { ...house.host.context, chats: new Map<Platform, typeof chat>([['teams', chat]]) };
  await sql`UPDATE people SET email = ${config.currentUser.email.toUpperCase()}
    WHERE id = ${await house.idOf(key)}`.execute(house.db);
  // The others would only slow the day down.
  await sql`DELETE FROM identities`.execute(house.db);
}, 120_000);

const last = (): Shown => {
  const message = playground.shown().at(-1);
  if (message === undefined) throw new Error('nothing is in the chat');
  return message;
};

/** Waits until the client shows `count` messages. */
const shows = (count: number) =>
  expect.poll(() => playground.shown().length, { timeout: 5_000 }).toBe(count);

/** Clicks a button of the card as rendered, and gives the bot's answer at once. */
const clicked = async ({ ref, card }: Shown, title: string): Promise<unknown> => {
  const action = showCard(card).click(title);
  if (action === null) throw new Error('the client refused the click');
  return playground.press(ref, action);
};

/** Clicks a button that changes its card, and gives what the bot's answer puts in its place. */
const click = async (message: Shown, title: string): Promise<string> => {
  const answer = await clicked(message, title);
  expect(answer).toMatchObject({ type: cardType });
  return showCard(Object(answer).value).text;
};

describe('Microsoft’s Agents Playground', () => {
  it('adds the app: the person is found by e-mail and welcomed', async () => {
    await playground.install();
    await react();
    await shows(1);
    expect(showCard(last().card).text).toContain('Kementerian Contoh');
    const { rows } = await sql`SELECT user_id, conversation, service_url FROM identities`.execute(
      house.db,
    );
    const { currentUser, personalChat } = playground.config;
    expect(rows).toEqual([
      {
        user_id: currentUser.aadObjectId,
        conversation: personalChat.id,
        service_url: playgroundServiceUrl,
      },
    ]);
  });

  it('gets a lesson on the next working day, from the stored reference alone', async () => {
    await liveOn('2026-10-27T01:30:00Z');
    await shows(2);
    expect(showCard(last().card).buttons.length).toBeGreaterThan(2);
  });

  it('answers the lesson: the card changes in place at once, and the answer is noted once', async () => {
    const lesson = last();
    const options = [...context.catalogue.lessons.values()].flatMap(({ quiz }) => quiz.options);
    const title = showCard(lesson.card).buttons.find((button) =>
      options.some(({ text }) => text.id === button),
    );
    const [one, two] = await Promise.all([click(lesson, title ?? ''), click(lesson, title ?? '')]);
    expect(one).toBe(two);
    await react();
    const { rows } = await sql`SELECT state FROM progress`.execute(house.db);
    expect(rows).toEqual([{ state: 'answered' }]);
    await shows(2);
  });

  it('changes the message in place when the lesson is recalled', async () => {
    const { rows } = await sql<{ item: string }>`SELECT item FROM outbox
      WHERE stream = 'lesson' AND state = 'sent'`.execute(house.db);
    const at = house.host.clock.now();
    await addRecall(house.db, { item: rows[0]?.item ?? '', reason: 'keliru', at });
    await liveOn('2026-10-27T02:45:00Z');
    await expect.poll(() => last().changed, { timeout: 5_000 }).toBe(true);
    expect(showCard(last().card).text).toContain('kami tarik');
    await shows(2);
  });

  it('asks "apa ini?" and is answered below', async () => {
    await playground.type('apa ini?');
    await react();
    await shows(3);
    expect(showCard(last().card).text).toContain('Terima kasih atas pesan Anda');
  });

  it('stops with the button of that answer, and nothing comes on the days after', async () => {
    expect(await clicked(last(), 'Berhenti')).toMatchObject({
      value: expect.stringContaining('Diterima'),
    });
    await react();
    await shows(4);
    expect(showCard(last().card).text).toContain('dihentikan');
    for (const day of ['28', '29']) await liveOn(`2026-10-${day}T01:30:00Z`);
    await shows(4);
  });
});
