import { describe, expect, it } from 'vitest';
import { actionIds, type ChatMessage } from '../../../core/conversation/message.ts';
import { lessonMessage } from '../../../core/learning/lesson-message.ts';
import { openBallot } from '../../../core/survey/ballot/ballot.ts';
import { pulseInvitation } from '../../../core/survey/pulse-message.ts';
import { showCard } from '../../support/teams/card-client.ts';
import { firstOf, newTicket, shippedCatalogue } from '../../support/teams/messages.ts';
import { strangerAt, type TeamsHouse, teamsHouse } from '../../support/teams/tenant.ts';

const catalogue = await shippedCatalogue();
const userId = 'oid-sari';
const closesAt = '2026-12-11T08:30:00.000Z';

/** Delivers a message to Sari and gives its reference. */
const deliver = async (house: TeamsHouse, message: ChatMessage): Promise<string> => {
  const outcome = await house.chat.deliver(strangerAt(userId), message, { key: 'kunci' });
  if (outcome.state !== 'sent') throw new Error(outcome.reason);
  return outcome.ref;
};

const cardOf = (house: TeamsHouse, ref: string): unknown =>
  Object(house.tenant.message(ref)?.payload).attachments[0].content;

/** Looks at the message with a real renderer, fills it in, presses, and lets door and client do the rest. */
const press = async (
  house: TeamsHouse,
  ref: string,
  { title, inputs = {} }: { readonly title: string; readonly inputs?: Record<string, string> },
) => {
  const shown = showCard(cardOf(house, ref));
  for (const [id, value] of Object.entries(inputs)) shown.fill(id, value);
  const clicked = shown.click(title);
  if (clicked === null) throw new Error('the client refused the inputs');
  const request = await house.tenant.press({ userId, ref, action: clicked, inputs: {} });
  return house.tenant.settle(ref, await house.door(request));
};

const pulse = async (house: TeamsHouse) => {
  const made = await newTicket(catalogue, { language: 'id', closesAt });
  const invitation = pulseInvitation(catalogue, made);
  return { ...made, ref: await deliver(house, invitation) };
};
const answersOf = (items: readonly string[], value: string) =>
  Object.fromEntries(items.map((id) => [id, value]));

describe('a pulse answered in the card', () => {
  it('is sealed before it is queued, thanked in place, and opens for the tally alone', async () => {
    const house = await teamsHouse(catalogue);
    const { ref, ticket, privateKey } = await pulse(house);
    const inputs = { ...answersOf(ticket.items, '5'), comment: 'Perlu pelatihan burung kenari' };
    const settled = await press(house, ref, { title: 'Kirim', inputs });
    expect(settled.state).toBe('changed');
    expect(showCard(cardOf(house, ref)).text).toContain('diterima');
    expect(house.bodies.join()).not.toContain('kenari');
    for (const item of ticket.items) expect(house.bodies.join()).not.toContain(`"${item}"`);
    const [event] = await house.drain();
    if (event?.kind !== 'ballot') throw new Error('no ballot came out');
    expect(await openBallot(privateKey, event.ballot.sealed, ticket)).toEqual({
      answers: Object.fromEntries(ticket.items.map((id) => [id, 5])),
      comment: 'Perlu pelatihan burung kenari',
    });
    expect(house.lines.join()).not.toContain('kenari');
  });

  it('is answered with the same bytes whatever was chosen', async () => {
    const house = await teamsHouse(catalogue);
    const { ref, ticket } = await pulse(house);
    const before = cardOf(house, ref);
    const submit = { type: 'Action.Execute', verb: actionIds.submitPulse };
    const data = { action: actionIds.submitPulse, value: '', ticket: findTicket(before) };
    const texts = await Promise.all(
      ['1', '5', 'na'].map(async (value) => {
        const inputs = answersOf(ticket.items, value);
        const request = await house.tenant.press({
          userId,
          ref,
          action: { ...submit, data },
          inputs,
        });
        return (await house.door(request)).text();
      }),
    );
    expect(new Set(texts).size).toBe(1);
    expect(new Set(house.bodies.map(({ length }) => length)).size).toBe(1);
    const events = await house.drain();
    const sizes = events.map((event) => (event.kind === 'ballot' ? event.ballot.sealed.length : 0));
    expect(new Set(sizes).size).toBe(1);
    expect(sizes[0]).toBeGreaterThan(0);
  });

  it('can be changed: the form comes back, empty, and a second ballot goes out', async () => {
    const house = await teamsHouse(catalogue);
    const { ref, ticket } = await pulse(house);
    await press(house, ref, { title: 'Kirim', inputs: answersOf(ticket.items, '2') });
    await press(house, ref, { title: 'Ubah jawaban' });
    const again = showCard(cardOf(house, ref));
    expect(again.buttons).toContain('Kirim');
    expect(again.element.querySelectorAll('input:checked')).toHaveLength(0);
    await press(house, ref, { title: 'Kirim', inputs: answersOf(ticket.items, '4') });
    expect((await house.drain()).map(({ kind }) => kind)).toEqual(['ballot', 'ballot']);
  });

  it('comes too late kindly, and nothing is queued', async () => {
    const house = await teamsHouse(catalogue);
    const { ref, ticket } = await pulse(house);
    house.state.at = Date.parse(closesAt);
    await press(house, ref, { title: 'Kirim', inputs: answersOf(ticket.items, '3') });
    const shown = showCard(cardOf(house, ref));
    expect(shown.text).toContain('sudah ditutup');
    expect(house.bodies).toEqual([]);
  });

  it('without a single input keeps the form and an earlier ballot', async () => {
    const house = await teamsHouse(catalogue);
    const { ref } = await pulse(house);
    const before = cardOf(house, ref);
    const settled = await press(house, ref, { title: 'Kirim' });
    expect(settled).toMatchObject({ state: 'told', text: expect.stringContaining('Belum ada') });
    expect(cardOf(house, ref)).toEqual(before);
    expect(house.bodies).toEqual([]);
  });

  it('is refused with a ticket we did not sign', async () => {
    const house = await teamsHouse(catalogue);
    const { ref, ticket } = await pulse(house);
    const signed = findTicket(cardOf(house, ref));
    const data = { action: actionIds.submitPulse, value: '', ticket: `x${signed}` };
    const action = { type: 'Action.Execute', verb: actionIds.submitPulse, data };
    const inputs = answersOf(ticket.items, '1');
    const answer = await house.door(await house.tenant.press({ userId, ref, action, inputs }));
    await house.tenant.settle(ref, answer);
    expect(showCard(cardOf(house, ref)).text).toContain('tidak berlaku');
    expect(house.bodies).toEqual([]);
  });

  it('is taken from an older client too, whose submit arrives as a message', async () => {
    const house = await teamsHouse(catalogue);
    const { ref, ticket } = await pulse(house);
    const data = {
      action: actionIds.submitPulse,
      value: '',
      ticket: findTicket(cardOf(house, ref)),
    };
    const action = { type: 'Action.Submit', data };
    const inputs = answersOf(ticket.items, '1');
    const answer = await house.door(await house.tenant.press({ userId, ref, action, inputs }));
    expect([answer.status, await answer.text()]).toEqual([200, '']);
    expect(house.bodies.join()).not.toContain(`"${firstOf(ticket.items)}"`);
    expect((await house.drain()).map(({ kind }) => kind)).toEqual(['ballot']);
  });
});

const findTicket = (card: unknown): string =>
  /"ticket":"([^"]+)"/.exec(JSON.stringify(card))?.[1] ?? '';

describe('other presses and words', () => {
  const lesson = firstOf(catalogue.lessons.values());
  const option = firstOf(lesson.quiz.options);

  it('a quiz answer changes the card at once and reaches the receiver', async () => {
    const house = await teamsHouse(catalogue);
    const ref = await deliver(house, lessonMessage(catalogue, lesson, 'id'));
    const settled = await press(house, ref, { title: option.text.id });
    expect(settled.state).toBe('changed');
    const shown = showCard(cardOf(house, ref));
    expect(shown.text).toContain(option.feedback.id);
    expect(shown.buttons).not.toContain(option.text.id);
    expect(await house.drain()).toMatchObject([
      { kind: 'action', action: actionIds.answerQuiz, target: { ref } },
    ]);
  });

  it('a press that needs the person’s data gets a receipt and keeps the card', async () => {
    const house = await teamsHouse(catalogue);
    const ref = await deliver(house, lessonMessage(catalogue, lesson, 'en'));
    const data = { action: actionIds.myData, value: 'en' };
    const action = { type: 'Action.Execute', verb: actionIds.myData, data };
    const request = await house.tenant.press({ userId, ref, action, inputs: {} });
    const settled = await house.tenant.settle(ref, await house.door(request));
    expect(settled).toMatchObject({ state: 'told', text: expect.stringContaining('Received') });
    expect((await house.drain())[0]).toMatchObject({ kind: 'action', action: actionIds.myData });
  });

  it('typed words, installing and removing are queued and answered with nothing', async () => {
    const house = await teamsHouse(catalogue);
    const requests = [
      await house.tenant.type({ userId, text: 'apa ini?' }),
      await house.tenant.install({ userId }),
      await house.tenant.install({ userId, action: 'remove' }),
    ];
    for (const request of requests) {
      const answer = await house.door(request);
      expect([answer.status, await answer.text()]).toEqual([200, '']);
    }
    const kinds = (await house.drain()).map(({ kind }) => kind);
    expect(kinds).toEqual(['text', 'installed', 'removed']);
  });
});

describe('a door that fails', () => {
  it('says 500 and not a word when the queue is gone', async () => {
    const house = await teamsHouse(catalogue);
    house.state.queueFails = true;
    const answer = await house.door(await house.tenant.type({ userId, text: 'bantuan' }));
    expect([answer.status, await answer.text()]).toEqual([500, '']);
    expect(house.lines.join()).toContain('teams-door-failed');
    expect(house.lines.join()).not.toMatch(/rahasia|bantuan/);
  });

  it('says 401 and not a word to a token that has run out', async () => {
    const house = await teamsHouse(catalogue);
    const request = await house.tenant.type({ userId, text: 'bantuan' });
    house.state.at += 2 * 3_600_000;
    const answer = await house.door(request);
    expect([answer.status, await answer.text()]).toEqual([401, '']);
    expect(house.bodies).toEqual([]);
  });
});
