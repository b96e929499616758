import { beforeAll, describe, expect, it } from 'vitest';
import { actionIds } from '../../../../core/conversation/message.ts';
import type { LocalMessage } from '../../../../core/store/local-messages.ts';
import { sampleKeys } from '../../../../functions/local/sample/agency.ts';
import { type House, openHouse } from '../../../support/house.ts';

const keys = { slack: sampleKeys.slackStaff, teams: sampleKeys.teamsStaff } as const;

let house: House;
beforeAll(async () => {
  house = await openHouse({ now: '2026-10-26T01:00:00Z', welcomed: true });
});

describe.each(['slack', 'teams'] as const)('free words on %s', (platform) => {
  const key = keys[platform];
  const answerTo = async (words: string): Promise<LocalMessage> => {
    await house.type(platform, key, words);
    const message = house.messagesOf(platform, key).at(-1);
    if (message === undefined) throw new Error('no answer came');
    return message;
  };
  const preferences = async () =>
    house.db
      .selectFrom('preferences')
      .selectAll()
      .where('person_id', '=', await house.idOf(key))
      .executeTakeFirstOrThrow();

  it('a question that begins with hapus, berhenti or mulai changes nothing', async () => {
    const before = await preferences();
    for (const words of [
      'Hapus riwayat percakapan di ChatGPT, bagaimana caranya?',
      'Berhenti kerja karena AI, apakah mungkin?',
      'berhenti, jangan kirim lagi pesan apa pun kepada saya',
    ]) {
      const { payload } = await answerTo(words);
      expect(JSON.stringify(payload)).toContain('Belum ada yang diubah');
    }
    const { payload } = await answerTo('Mulai kapan survei berikutnya?');
    expect(JSON.stringify(payload)).toContain('Tentang Langkah');
    expect(await preferences()).toEqual(before);
  });

  it('has the way out one press away when a wish to leave was not understood', async () => {
    const answer = await answerTo('saya ingin berhenti menerima semua pesan dari aplikasi ini');
    await house.press(answer, actionIds.stop);
    expect((await preferences()).stopped_at).not.toBeNull();
  });
});
