import { describe, expect, it } from 'vitest';
import { openBallot } from '../../../../core/survey/ballot/ballot.ts';
import { filledIn } from '../../../../functions/local/chat/slack/people.ts';
import {
  all,
  catalogue,
  closesAt,
  form,
  modalOf,
  open,
  pulse,
  shownTo,
  signed,
  submit,
  userId,
} from '../../../support/slack/sari.ts';
import { slackHouse, workspaceId } from '../../../support/slack/workspace.ts';
import { firstOf } from '../../../support/teams/messages.ts';

describe('a pulse answered in a modal', () => {
  it('opens at the press, is sealed before it is queued, and opens for the tally alone', async () => {
    const house = slackHouse(catalogue);
    const { ref, ticket, privateKey } = await pulse(house);
    const opened = await open(house, ref);
    expect([opened.status, await opened.text()]).toEqual([200, '']);
    const { viewId } = modalOf(house);
    const comment = 'Perlu pelatihan burung kenari';
    const answer = await submit(house, { answers: all(ticket.items, '5'), comment });
    const settled = await house.workspace.settle(viewId, answer);
    expect(settled.state).toBe('updated');
    expect(JSON.stringify(settled)).toContain('sudah diterima');
    expect(house.bodies).toHaveLength(1);
    for (const secret of ['kenari', 'selected_option', ...ticket.items.map((id) => `"${id}"`)])
      expect(house.bodies.join()).not.toContain(secret);
    const [event] = await house.drain();
    if (event?.kind !== 'ballot') throw new Error('no ballot came out');
    expect(event).toMatchObject({ from: { userId, workspaceId }, target: { ref } });
    expect(await openBallot(privateKey, event.ballot.sealed, ticket)).toEqual({
      answers: Object.fromEntries(ticket.items.map((id) => [id, 5])),
      comment,
    });
    expect(house.lines.join()).not.toContain('kenari');
  });

  it('is thanked with the same bytes, and queued with the same size, whatever was chosen', async () => {
    const house = slackHouse(catalogue);
    const { ref, ticket } = await pulse(house);
    const texts: string[] = [];
    for (const value of ['1', '5', 'na']) {
      await open(house, ref);
      const comment = value === 'na' ? null : 'x'.repeat(Number(value) * 90);
      texts.push(
        await (await submit(house, { answers: all(ticket.items, value), comment })).text(),
      );
    }
    expect(new Set(texts).size).toBe(1);
    expect(new Set(house.bodies.map(({ length }) => length)).size).toBe(1);
    const sizes = (await house.drain()).map((event) =>
      event.kind === 'ballot' ? event.ballot.sealed.length : 0,
    );
    expect(new Set(sizes).size).toBe(1);
    expect(sizes[0]).toBeGreaterThan(0);
  });

  it('leaves a question open when it is left open, and asks in English who reads English', async () => {
    const house = slackHouse(catalogue);
    const { ref, ticket, privateKey } = await pulse(house, 'en');
    await open(house, ref);
    const first = firstOf(ticket.items);
    const answer = await submit(house, { answers: { [first]: 'na' } });
    expect(await answer.text()).toContain('Thank you');
    const [event] = await house.drain();
    if (event?.kind !== 'ballot') throw new Error('no ballot came out');
    expect(await openBallot(privateKey, event.ballot.sealed, ticket)).toEqual({
      answers: { [first]: 'na' },
      comment: null,
    });
  });

  it('without a single input keeps the form and an earlier ballot', async () => {
    const house = slackHouse(catalogue);
    const { ref } = await pulse(house);
    await open(house, ref);
    const { viewId } = modalOf(house);
    const settled = await house.workspace.settle(viewId, await submit(house, {}));
    expect(settled).toMatchObject({ state: 'refused' });
    expect(JSON.stringify(settled)).toContain('Belum ada jawaban');
    expect(house.workspace.modal(viewId)).not.toBeNull();
    expect(house.bodies).toEqual([]);
  });

  it('comes too late kindly, at the press and at the submit, and nothing is queued', async () => {
    const house = slackHouse(catalogue);
    const { ref, ticket } = await pulse(house);
    await open(house, ref);
    house.state.at = Date.parse(closesAt);
    const answer = await submit(house, { answers: all(ticket.items, '3') });
    expect(await answer.text()).toContain('sudah ditutup');
    await open(house, ref);
    expect(shownTo(house)).toContain('sudah ditutup');
    expect(house.bodies).toEqual([]);
  });

  it('is refused with a ticket we did not sign', async () => {
    const house = slackHouse(catalogue);
    const { ref, ticket } = await pulse(house);
    await open(house, ref);
    const modal = modalOf(house);
    const forged = modal.view.private_metadata?.replace(/^\["/, '["x');
    const values = filledIn(modal, { answers: all(ticket.items, '1'), comment: null });
    const view = { ...modal.view, id: modal.viewId, private_metadata: forged, state: { values } };
    const user = { id: userId };
    const payload = { type: 'view_submission', user, team: { id: workspaceId }, view };
    const answer = await house.door(signed(house, form({ payload: JSON.stringify(payload) })));
    expect(await answer.text()).toContain('tidak berlaku');
    expect(house.bodies).toEqual([]);
  });
});
