import { describe, expect, it } from 'vitest';
import { slashCommand } from '../../../../bot/slack/forms/payloads.ts';
import { openHouse } from '../../../support/house.ts';
import { textOf } from '../../../support/slack/payloads.ts';

const key = 'KC-0040';
const firstTip = /^(Kiat hari ini|Tip of the day)/;

/** Each sub-word in Indonesian and English, and how its answer begins when the person reads that language. */
const words: readonly (readonly [
  id: string,
  en: string,
  ...titles: readonly (string | RegExp)[],
])[] = [
  ['bantuan', 'help', 'Bantuan Langkah', 'Langkah help'],
  ['', '', 'Bantuan Langkah', 'Langkah help'],
  ['xyzzy', 'xyzzy', 'Bantuan Langkah', 'Langkah help'],
  ['apa kabar hari ini?', 'how are you?', 'Bantuan Langkah', 'Langkah help'],
  ['hari-ini', 'today', firstTip, firstTip],
  ['tunda', 'later', 'Belum ada kiat', 'No tip yet'],
  ['jeda 7', 'pause 7', 'Kiriman dijeda', 'Messages paused'],
  ['jeda 999', 'pause 999', 'Jeda belum diubah', 'The pause has not been changed'],
  ['survei', 'survey', 'Tidak ada survei yang dibuka', 'No survey is open'],
  ['mulai', 'start', 'Kiriman dilanjutkan', 'Messages resumed'],
  ['frekuensi 3', 'frequency 3', 'Frekuensi diubah', 'Frequency changed'],
  ['jam 09.15', 'time 9:15', 'Jam kiriman diubah', 'Sending time changed'],
  ['bahasa', 'language', 'Bahasa', 'Language'],
  ['data-saya', 'my-data', 'Data Anda di Langkah', 'Your data in Langkah'],
  ['hak', 'rights', 'Hak Anda atas data', 'Your rights over your data'],
  ['hapus', 'delete', /jawaban/i, /answers/i],
  ['berhenti', 'stop', 'Kiriman dihentikan', 'Messages stopped'],
];

describe(slashCommand, () => {
  it('does all in both languages; nothing said or nothing known is answered with help', async () => {
    const house = await openHouse({ now: '2026-12-07T02:00:00.000Z', welcomed: true });
    const answerTo = async (text: string): Promise<string> => {
      await house.type('slack', key, `${slashCommand} ${text}`);
      return textOf(house.messagesOf('slack', key).at(-1)?.payload)[1] ?? '';
    };
    for (const [index, language] of (['id', 'en'] as const).entries()) {
      await answerTo('mulai');
      await answerTo(`bahasa ${language}`);
      for (const row of words) {
        const [said = '', begins = ''] = [row[index], row[index + 2]];
        expect([said, await answerTo(String(said))]).toEqual([said, expect.stringMatching(begins)]);
      }
    }
    const settings = await house.db
      .selectFrom('preferences')
      .selectAll()
      .where('person_id', '=', await house.idOf(key))
      .executeTakeFirstOrThrow();
    expect(settings).toMatchObject({ per_week: 3, send_minute: 555, language: 'en' });
    expect(settings.stopped_at).not.toBeNull();
  });
});
