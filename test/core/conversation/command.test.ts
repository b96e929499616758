import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCommand } from '../../../core/conversation/command.ts';
import { longestPause } from '../../../core/conversation/setting-words.ts';

describe('typed words', () => {
  it.each([
    ['berhenti', { name: 'stop' }],
    ['Stop.', { name: 'stop' }],
    ['mulai', { name: 'resume' }],
    ['jeda', { name: 'pause', days: 7, atLeast: true }],
    ['jeda 3', { name: 'pause', days: 3 }],
    ['jeda 1 minggu', { name: 'pause', days: 7 }],
    ['pause 2 weeks', { name: 'pause', days: 14 }],
    ['jeda 1 bulan', { name: 'pause', days: 30 }],
    ['frekuensi 3', { name: 'frequency', perWeek: 3 }],
    ['jam 09.20', { name: 'time', minute: 555 }],
    ['time 9', { name: 'time', minute: 540 }],
    ['bahasa en', { name: 'language', language: 'en' }],
    ['Bahasa', { name: 'which-language' }],
    ['Language', { name: 'which-language' }],
    ['Kiat hari ini', { name: 'lesson' }],
    ["Today's tip", { name: 'lesson' }],
    ['language indonesian', { name: 'language', language: 'id' }],
    ['data saya', { name: 'my-data' }],
    ['hapus', { name: 'withdraw' }],
    ['Delete my answers', { name: 'withdraw' }],
    ['hari-ini', { name: 'lesson' }],
    ['Halo', { name: 'help' }],
    ['Selamat pagi', { name: 'help' }],
    ['selamat siang!', { name: 'help' }],
    ['Selamat sore, Langkah', { name: 'help' }],
    ['Good morning', { name: 'help' }],
    ['Selamat pagi, tolong jeda 3 hari', { name: 'pause', days: 3 }],
    ['survei', { name: 'survey' }],
    ['Survey', { name: 'survey' }],
    ['survei lagi', { name: 'survey' }],
    ['', { name: 'help' }],
    ['frequency 5', { name: 'frequency', perWeek: 5 }],
    ['apa ini?', { name: 'question' }],
  ])('understands %j', (text, command) => {
    expect(readCommand(text)).toEqual(command);
  });

  it.each([
    ['bantuan', 'help', 'help'],
    ['hari-ini', 'today', 'lesson'],
    ['tunda', 'later', 'later'],
    ['jeda', 'pause', 'pause'],
    ['berhenti', 'stop', 'stop'],
    ['data-saya', 'my-data', 'my-data'],
    ['bahasa', 'language', 'which-language'],
    ['frekuensi 5', 'frequency 5', 'frequency'],
  ])('knows the sub-word %j and its English twin %j', (indonesian, english, name) => {
    expect([readCommand(indonesian).name, readCommand(english).name]).toEqual([name, name]);
  });

  it.each(['xyzzy', 'constructor', '__proto__', 'danke', 'Hi!', 'Selamat pagi, Pak'])(
    'offers help for %j instead of guessing',
    (text) => {
      expect(readCommand(text)).toEqual({ name: 'help' });
    },
  );

  it.each([
    ['"mulai"', 'resume'],
    ['“berhenti”', 'stop'],
    ["'data saya'", 'my-data'],
    ['«frekuensi 3»', 'frequency'],
    ['Ketik', 'help'],
    ['hapus jawaban saya', 'withdraw'],
    ['Tolong hapus semua jawaban survei saya.', 'withdraw'],
    ['Berhenti, terima kasih', 'stop'],
    ['tolong berhenti kirim pesan', 'stop'],
    ['Please stop sending messages!', 'stop'],
    ['mulai lagi', 'resume'],
    ['Start sending tips again', 'resume'],
    ['please pause 7', 'pause'],
    ['Data saya disimpan di mana?', 'my-data'],
    ['Hak saya apa saja?', 'rights'],
    ['Mengapa?', 'why'],
    ['Mengapa saya menerima pesan-pesan ini?', 'why'],
    ['Why do I get these messages?', 'why'],
  ])('obeys %j, quoted or politely said', (text, name) => {
    expect(readCommand(text).name).toBe(name);
  });

  it.each([
    ['Hapus riwayat percakapan di ChatGPT, bagaimana caranya?', 'unsure'],
    ['Delete old e-mails: can AI help me with that?', 'unsure'],
    ['Berhenti kerja karena AI, apakah mungkin?', 'unsure'],
    ['Stop words itu apa?', 'unsure'],
    ['stop itu apa', 'unsure'],
    ['Hapus pesan ini', 'unsure'],
    ['Berhenti?', 'unsure'],
    ['berhenti, jangan kirim lagi pesan apa pun kepada saya', 'unsure'],
    ['Saya ingin berhenti', 'unsure'],
    ['Halo, saya mau berhenti', 'unsure'],
    ['kiat berhenti', 'unsure'],
    ['Selamat pagi, kapan survei dibuka?', 'question'],
    ['Terima kasih banyak', 'question'],
    ['I want you to delete everything about me', 'unsure'],
    ['Mulai kapan survei berikutnya?', 'question'],
    ['mulai belajar AI', 'question'],
    ['Start using AI', 'question'],
    ['Why does AI hallucinate?', 'question'],
    ['Jeda 3 hari itu dihitung bagaimana?', 'question'],
  ])('takes %j for no command, and asks back where it is about leaving', (text, name) => {
    expect(readCommand(text)).toEqual({ name });
  });

  it.each([
    'hentikan jeda',
    'stop the pause',
    'berhenti nggak jadi',
    'hentikan tidak perlu',
    'stop jangan',
    'hentikan pengingat survei',
    'stop survei',
    'stop kiat saja',
    'stop reminders',
    'berhenti sementara',
    'berhenti dulu',
    'stop 3 hari',
    'stop until Friday',
    'berhenti hari ini',
    'Stop Judi Online!',
    'Stop pungli',
    'Stop kontak rusak',
  ])('does not stop everything for %j, which says the opposite, less or nothing of it', (text) => {
    expect(readCommand(text)).toEqual({ name: 'unsure' });
  });

  it.each([
    'hari ini saya sakit, mohon berhenti kirim pesan',
    'Hari ini tolong berhenti',
    'hari ini hapus jawaban saya',
    'hak saya untuk berhenti',
    'data saya hapus semua',
    'kenapa saya tidak bisa berhenti',
    'time to stop',
    'jeda atau berhenti saja',
    'bahasa terlalu kaku, berhenti',
  ])('does not overlook the wish to leave behind another command: %j', (text) => {
    expect(readCommand(text)).toEqual({ name: 'unsure' });
  });

  it.each([
    ['berhenti berlangganan', 'stop'],
    ['Berhenti Pak, terima kasih', 'stop'],
    ['hentikan semua kiriman sekarang', 'stop'],
    ['stop all messages now please', 'stop'],
    ['mulai lagi, terima kasih', 'resume'],
    ['mulai lagi dong', 'resume'],
    ['mulai lagi ya pak', 'resume'],
    ['lanjut pak', 'resume'],
    ['lanjutkan', 'resume'],
    ['start again, thanks', 'resume'],
    ['continue', 'resume'],
    ['hapus, terima kasih', 'withdraw'],
    ['tunda dulu ya', 'later'],
    ['tunda kiat hari ini', 'later'],
    ['tunda 2 jam', 'later'],
    ['later please', 'later'],
  ])('obeys %j, however kindly it is said', (text, name) => {
    expect(readCommand(text)).toEqual({ name });
  });

  it.each([
    ['tunda 3 hari', 'which-pause'],
    ['tunda kiat seminggu', 'which-pause'],
    ['tunda sampai Senin', 'which-pause'],
    ['tunda besok', 'which-pause'],
    ['tunda survei', 'question'],
    ['tunda rapat besok', 'question'],
  ])('postpones no tip for %j', (text, name) => {
    expect(readCommand(text)).toEqual({ name });
  });

  it.each([
    ['stop🙏', { name: 'stop' }],
    ['*stop*', { name: 'stop' }],
    ['stop:pray:', { name: 'stop' }],
    ['stop :pray::skin-tone-2:', { name: 'stop' }],
    ['_mulai_ 👍🏽', { name: 'resume' }],
    ['jeda 7 hari🙏', { name: 'pause', days: 7 }],
    ['jam 09.00🙏', { name: 'time', minute: 540 }],
    ['jam 9:15 :+1:', { name: 'time', minute: 555 }],
  ])('is not put off by the marks and emoji around the words of %j', (text, command) => {
    expect(readCommand(text)).toEqual(command);
  });

  it.each(['keluar', 'Unsubscribe', 'unsubscribe please'])('stops on %j', (text) => {
    expect(readCommand(text)).toEqual({ name: 'stop' });
  });

  const starts = [
    ...['hapus', 'berhenti', 'hentikan', 'keluar'],
    ...['mulai', 'lanjut', 'tunda', 'jeda 7', 'frekuensi 1'],
  ];
  const begins = [
    'delete',
    'withdraw',
    'stop',
    'unsubscribe',
    'start',
    'resume',
    'later',
    'pause 7',
    'frequency 1',
  ];
  it.each([...starts, ...begins])('changes nothing for a question that begins with %s', (start) => {
    const asks = fc.array(fc.stringMatching(/^[a-z]{1,9}$/u), { maxLength: 8 });
    fc.assert(
      fc.property(asks, fc.constantFrom('?', ' ?', '?"', '? Terima kasih.'), (words, end) => {
        const { name } = readCommand(`${[start, ...words].join(' ')}${end}`);
        expect(['question', 'unsure']).toContain(name);
      }),
    );
  });

  it.each(['hapus', 'delete', 'berhenti', 'stop'])(
    'never overlooks a wish that holds %s',
    (word) => {
      const words = fc.array(fc.stringMatching(/^[a-z]{1,9}$/u), { maxLength: 8 });
      fc.assert(
        fc.property(words, (after) => {
          expect(readCommand(['saya', word, ...after].join(' '))).toEqual({ name: 'unsure' });
        }),
      );
    },
  );

  it('never fails, and never pauses longer than allowed, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        const command = readCommand(text);
        if (command.name === 'pause') expect(command.days).toBeLessThanOrEqual(longestPause);
      }),
    );
  });
});
