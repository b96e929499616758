import { beforeAll, describe, expect, it } from 'vitest';
import {
  type ActionId,
  actionIds,
  type ChatMessage,
} from '../../../../core/conversation/message.ts';
import { leaderMessage } from '../../../../core/leadership/summary-message.ts';
import { lessonMessage } from '../../../../core/learning/lesson-message.ts';
import { withPaceOffer } from '../../../../core/learning/pace-offer.ts';
import { welcomeMessage } from '../../../../core/learning/welcome-message.ts';
import type { LocalMessage } from '../../../../core/store/local-messages.ts';
import { type House, openHouse } from '../../../support/house.ts';
import { firstOf } from '../../../support/teams/messages.ts';
import { keys } from './lesson-morning.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse({ now: '2026-10-26T02:00:00Z', welcomed: true });
});

const noFigures = {
  ...{ unitName: 'Direktorat Contoh', standsFor: null, concern: null },
  ...{ engaged: '60–69 %', participation: null, trend: { categories: [], series: [] } },
};

describe.each(['slack', 'teams'] as const)('what a press leaves standing on %s', (platform) => {
  const key = keys[platform];
  const messages = () => house.messagesOf(platform, key);
  const told = (message: LocalMessage | undefined): string => JSON.stringify(message?.payload);

  /** Delivers a message, presses these buttons of it in turn, and gives what stands there then and what came below. */
  const pressed = async (message: ChatMessage, ...actions: readonly ActionId[]) => {
    const to = await house.db
      .selectFrom('identities')
      .selectAll()
      .where('person_id', '=', await house.idOf(key))
      .where('platform', '=', platform)
      .executeTakeFirstOrThrow();
    const address = {
      ...{ platform, workspaceId: to.workspace_id, userId: to.user_id },
      ...{ conversation: to.conversation, serviceUrl: to.service_url },
    };
    const { clock } = house.host;
    const later = () => clock.moveTo(new Date(clock.now().getTime() + 60_000));
    later();
    const before = messages().length;
    await house.host.context.chats
      .get(platform)
      ?.deliver(address, message, { key: `uji-${before}` });
    const sent = messages()[before];
    if (sent === undefined) throw new Error('nothing was delivered');
    for (const action of actions) {
      const now = messages().find(({ ref }) => ref === sent.ref);
      if (now === undefined) throw new Error('the message is gone');
      later();
      await house.press(now, action);
    }
    const after = messages();
    return {
      sent: told(sent),
      stands: told(after.find(({ ref }) => ref === sent.ref)),
      below: after.slice(before + 1).map(told),
    };
  };

  it('a leader who undertakes a prompt keeps the script and can say it is done', async () => {
    const { catalogue } = house.host.context;
    const prompt = firstOf(catalogue.prompts.values());
    const summary = leaderMessage(catalogue, 'id', { figures: noFigures, prompt });
    const { sent, stands, below } = await pressed(summary, actionIds.commit, actionIds.done);
    expect(stands).toBe(sent);
    expect(stands).toContain(prompt.script.id.slice(0, 20));
    expect(below).toEqual([
      expect.stringContaining('Rencana tercatat'),
      expect.stringContaining('Saran berikutnya akan berbeda'),
    ]);
    const [row] = await house.db
      .selectFrom('commitments')
      .selectAll()
      .where('person_id', '=', await house.idOf(key))
      .execute();
    expect(row).toMatchObject({ prompt: prompt.id, done_at: expect.any(Date) });
  });

  it('help leaves the welcome standing, and so do a pause and a stop', async () => {
    const { catalogue, agency } = house.host.context;
    const { sent, stands, below } = await pressed(
      welcomeMessage(catalogue, 'id', agency),
      ...[actionIds.help, actionIds.pause, actionIds.stop],
    );
    expect(stands).toBe(sent);
    expect(stands).toContain(agency.contact);
    expect(below).toEqual([
      expect.stringContaining('Bantuan Langkah'),
      expect.stringContaining('Kiriman dijeda'),
      expect.stringContaining('Kiriman dihentikan'),
    ]);
  });

  it('a slower pace leaves the tip that offered it', async () => {
    const { catalogue } = house.host.context;
    const lesson = firstOf(catalogue.lessons.values());
    const offer = withPaceOffer(catalogue, lessonMessage(catalogue, lesson, 'id'));
    const { sent, stands, below } = await pressed(offer, actionIds.frequency);
    expect(stands).toBe(sent);
    expect(below).toEqual([expect.stringContaining('paling banyak 3 kiat')]);
  });

  it('a tip that is not put off stays: whoever stopped gets no second one', async () => {
    const { catalogue } = house.host.context;
    const lesson = firstOf(catalogue.lessons.values());
    await house.type(platform, key, 'berhenti');
    const { sent, stands, below } = await pressed(
      lessonMessage(catalogue, lesson, 'id'),
      actionIds.later,
    );
    expect(stands).toBe(sent);
    expect(below).toEqual([expect.stringContaining('Kiat tidak ditunda')]);
  });

  it.each([
    ['the check, then "Saya coba"', [actionIds.answerQuiz, actionIds.tryToday]],
    ['"Saya coba", then the check', [actionIds.tryToday, actionIds.answerQuiz]],
  ] as const)('%s: the tip shows both', async (_order, actions) => {
    const { catalogue } = house.host.context;
    const lesson = firstOf(catalogue.lessons.values());
    const { stands, below } = await pressed(lessonMessage(catalogue, lesson, 'id'), ...actions);
    expect(stands).toContain(firstOf(lesson.quiz.options).feedback.id.slice(0, 20));
    expect(stands).toContain('Anda akan mencobanya hari ini');
    expect(below).toEqual([]);
  });
});
