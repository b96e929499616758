import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { actionIds } from '../../../../core/conversation/message.ts';
import { actionValue } from '../../../../core/conversation/values.ts';
import { type House, openHouse, userOf } from '../../../support/house.ts';
import { textOf } from '../../../support/slack/payloads.ts';

const now = '2026-12-07T02:00:00.000Z';
const key = 'KC-0040';
const userId = userOf('slack', key);

const openHome = async (house: House, who = userId): Promise<readonly string[]> => {
  await house.actor('slack').home?.open(who);
  await house.host.drain();
  return textOf(house.actor('slack').home?.shown(who));
};
const act = async (house: House, action: string, value: string): Promise<readonly string[]> => {
  const known = Object.values(actionIds).find((one) => one === action);
  if (known === undefined) throw new Error(`no action ${action}`);
  await house.actor('slack').home?.act({ userId, action: known, value });
  await house.host.drain();
  return textOf(house.actor('slack').home?.shown(userId));
};
/** The titles of the Home's sections; a tip's without its name. */
const headingsOf = (house: House): readonly string[] => {
  const { blocks } = viewSchema.parse(house.actor('slack').home?.shown(userId));
  return blocks.flatMap(({ type, text }) =>
    type === 'header' ? [(text?.text ?? '').replace(/^(Kiat hari ini):.*/, '$1')] : [],
  );
};
const viewSchema = z.object({
  blocks: z.array(
    z.looseObject({ type: z.string(), text: z.looseObject({ text: z.string() }).optional() }),
  ),
});
const preferencesOf = async (house: House) =>
  house.db
    .selectFrom('preferences')
    .selectAll()
    .where('person_id', '=', await house.idOf(key))
    .executeTakeFirstOrThrow();

describe('the Home', () => {
  it('shows today’s tip, my own progress, my settings, privacy and help', async () => {
    const house = await openHouse({ now, welcomed: true });
    const shown = (await openHome(house)).join('\n');
    for (const title of ['Kemajuan saya', 'Pengaturan saya', 'Privasi dan bantuan'])
      expect(shown).toContain(title);
    const first = house.host.context.catalogue.programme.lesson.order[0] ?? '';
    const question = house.host.context.catalogue.lessons.get(first)?.quiz.question.id ?? '';
    expect(shown).toContain(question.trim().split('\n')[0]);
    expect(shown).toContain('0 dari');
    expect(house.messagesOf('slack', key)).toEqual([]);
  });

  it('obeys each setting as the command does and shows what is in force, without a message', async () => {
    const house = await openHouse({ now, welcomed: true });
    await openHome(house);
    await act(house, 'settings.frequency', actionValue('id', '3'));
    await act(house, 'settings.time', actionValue('id', '600'));
    expect(await preferencesOf(house)).toMatchObject({ per_week: 3, send_minute: 600 });
    const chosen = JSON.stringify(house.actor('slack').home?.shown(userId));
    expect(chosen).toContain('"initial_option":{"value":"id|600"');
    const english = await act(house, 'settings.language', actionValue('id', 'en'));
    expect(english).toContain('My settings');
    const paused = await act(house, 'settings.pause', actionValue('en', '14'));
    expect(paused.join('\n')).toContain('20 December 2026');
    expect((await preferencesOf(house)).paused_until).toBe('2026-12-20');
    const resumed = await act(house, 'settings.resume', actionValue('en'));
    expect(resumed).toContain('Messages come on your working days.');
    const stopped = await act(house, 'settings.stop', actionValue('en'));
    expect(stopped).toContain('Messages are stopped. You receive no tips or surveys.');
    expect((await preferencesOf(house)).stopped_at).not.toBeNull();
    expect(house.messagesOf('slack', key)).toEqual([]);
  });

  it('answers what was asked in it right below the section where it was asked, and nowhere else', async () => {
    const house = await openHouse({ now, welcomed: true });
    await openHome(house);
    const first = house.host.context.catalogue.programme.lesson.order[0] ?? '';
    for (const [action, value, after, title] of [
      ['settings.my-data', [], 'Privasi dan bantuan', 'Data Anda di Langkah'],
      ['settings.rights', [], 'Privasi dan bantuan', 'Hak Anda atas data'],
      ['help', [], 'Privasi dan bantuan', 'Bantuan Langkah'],
      ['settings.frequency', ['1'], 'Pengaturan saya', 'Frekuensi diubah'],
      ['lesson.later', [first], 'Kiat hari ini', 'Kiat ditunda'],
      ['settings.stop', [first], 'Kiat hari ini', 'Kiriman dihentikan'],
    ] as const) {
      await act(house, action, actionValue('id', ...value));
      const headings = headingsOf(house);
      expect([action, headings[headings.indexOf(title) - 1]]).toEqual([action, after]);
      expect(headings.filter((one) => one === title)).toHaveLength(1);
    }
    expect((await openHome(house)).join('\n')).not.toContain('Bantuan Langkah');
    expect(house.messagesOf('slack', key)).toEqual([]);
  });

  it('puts the answered case in the tip’s place and counts it', async () => {
    const house = await openHouse({ now, welcomed: true });
    await openHome(house);
    const { catalogue } = house.host.context;
    const id = catalogue.programme.lesson.order[0] ?? '';
    const right = catalogue.lessons.get(id)?.quiz.options.find(({ correct }) => correct);
    const shown = await act(house, 'quiz.answer', actionValue('id', id, right?.id ?? ''));
    expect(shown.join('\n')).toContain(catalogue.messages.get('lesson.right')?.id);
    expect(shown.join('\n')).toMatch(/Uji diri yang dijawab\*\n1/);
  });

  it('tells a stranger whom to ask and shows nothing else', async () => {
    const house = await openHouse({ now });
    const shown = await openHome(house, 'U0ASING');
    expect(shown[0]).toBe('Anda belum terdaftar');
    expect(shown.join('\n')).not.toContain('Pengaturan saya');
  });
});
