import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCommand } from '../../../core/conversation/command.ts';
import { longestPause } from '../../../core/conversation/setting-words.ts';

const asksBack = (about: string) => ({ name: `which-${about}` });

describe('a pause, as people say it', () => {
  const days = (count: number) => ({ name: 'pause', days: count });
  const usual = { ...days(7), atLeast: true };
  const through = (weekday: number) => ({ name: 'pause-until', weekday });

  it.each([
    ['jeda', usual],
    ['jeda dulu', usual],
    ['Jeda dulu ya, terima kasih.', usual],
    ['pause please', usual],
    ['please pause now', usual],
    ['jeda selama 3 hari', days(3)],
    ['jeda tiga hari saja', days(3)],
    ['jeda 3hari', days(3)],
    ['jeda sepuluh hari', days(10)],
    ['pause for 3 days', days(3)],
    ['pause ten days', days(10)],
    ['jeda seminggu', days(7)],
    ['jeda selama sepekan', days(7)],
    ['jeda sebulan', days(30)],
    ['jeda sehari', days(1)],
    ['jeda hari ini', days(1)],
    ['pause today', days(1)],
    ['pause for a week', days(7)],
    ['jeda dua minggu', days(14)],
    ['jeda 92', days(longestPause)],
    ['jeda sampai senin', through(1)],
    ["jeda sampai dengan hari Jum'at", through(5)],
    ['pause until Sunday', through(7)],
    ['jeda 93', asksBack('pause')],
    ['jeda 999', asksBack('pause')],
    ['jeda 1000', asksBack('pause')],
    ['jeda 0', asksBack('pause')],
    ['jeda -3', asksBack('pause')],
    ['jeda 1,5 minggu', asksBack('pause')],
    ['jeda 2 jam', asksBack('pause')],
    ['pause 2 h', asksBack('pause')],
    ['jeda 2 m', asksBack('pause')],
    ['jeda 30 min', asksBack('pause')],
    ['pause lima min', asksBack('pause')],
    ['jeda 3 ya min', { name: 'pause', days: 3 }],
    ['jeda minggu depan', asksBack('pause')],
    ['jeda sampai besok', asksBack('pause')],
    ['jeda mulai besok 3 hari', asksBack('pause')],
    ['Jeda rapat saya ganti AI lucu sekali', asksBack('pause')],
    ['Pause the projector before lunch', asksBack('pause')],
  ])('pauses as said or not at all: %j', (text, command) => {
    expect(readCommand(text)).toEqual(command);
  });

  it('pauses as said or not at all, whatever follows the word', () => {
    const word = fc.stringMatching(/^[a-z]{1,9}$/u);
    fc.assert(
      fc.property(fc.constantFrom('jeda', 'pause'), fc.integer(), word, (name, count, unit) => {
        const read = readCommand(`${name} ${count} ${unit}`);
        if (read.name === 'pause') {
          expect(read.days % count).toBe(0);
          expect(`${count} ${unit}`).toMatch(
            / (?:hari|days?|minggu|pekan|weeks?|bulan|months?|ya|yah|dong|deh|dulu)$/u,
          );
        } else expect(['which-pause', 'question', 'unsure']).toContain(read.name);
      }),
    );
  });
});

describe('a time and a pace, as people name them', () => {
  const time = (hour: number, minute = 0, zone?: string) => ({
    name: 'time',
    minute: hour * 60 + minute,
    ...(zone === undefined ? {} : { zone }),
  });

  it.each([
    ['jam 9 pagi', time(9)],
    ['jam 09.30 pagi ya', time(9, 30)],
    ['jam 10 siang', time(10)],
    ['jam 1 siang', time(13)],
    ['jam 13.00 siang', time(13)],
    ['jam 3 sore', time(15)],
    ['jam 12 malam', time(0)],
    ['jam 7 malam', time(19)],
    ['pukul 09.00', time(9)],
    ['time 9am', time(9)],
    ['time 9 a.m.', time(9)],
    ['time at 2:30 pm please', time(14, 30)],
    ['time 12 pm', time(12)],
    ['jam 09.00 WIB', time(9, 0, 'WIB')],
    ['jam 9 pagi wita', time(9, 0, 'WITA')],
    ['jam 5 pagi sore', asksBack('time')],
    ['jam 5 malam', asksBack('time')],
    ['jam 25', asksBack('time')],
    ['jam 25 malam', asksBack('time')],
    ['jam 9.75', asksBack('time')],
    ['jam', asksBack('time')],
    ['Jam kerja kami panjang', asksBack('time')],
  ])('reads %j, or asks back', (text, command) => {
    expect(readCommand(text)).toEqual(command);
  });

  it.each([
    ['frekuensi 3 kali', 3],
    ['frekuensi tiga kali seminggu', 3],
    ['frekuensi 1 kiat per minggu', 1],
    ['frekuensi 5x', 5],
    ['frequency 3 times a week', 3],
    ['frequency one', 1],
    ['frekuensi 3x seminggu', 3],
    ['frequency 3 tips a week', 3],
    ['frekuensi setiap minggu 5 kiat', 5],
    ['frekuensi tiap 3 minggu', null],
    ['frekuensi setiap 3 pekan', null],
    ['frekuensi 3 minggu', null],
    ['frequency every three weeks', null],
    ['frekuensi 2', null],
    ['frekuensi 3 kali sehari', null],
    ['frekuensi 1 3', null],
    ['frekuensi', null],
  ])('reads %j, or asks back', (text, perWeek) => {
    expect(readCommand(text)).toEqual(
      perWeek === null ? asksBack('frequency') : { name: 'frequency', perWeek },
    );
  });

  it.each([
    ['3 kiat seminggu', { name: 'frequency', perWeek: 3 }],
    ['3 tips a week', { name: 'frequency', perWeek: 3 }],
    ['tiga kali seminggu saja', { name: 'frequency', perWeek: 3 }],
    ['1x per minggu', { name: 'frequency', perWeek: 1 }],
    ['2 kiat seminggu', asksBack('frequency')],
    ['setiap minggu 3 kali', { name: 'frequency', perWeek: 3 }],
    ['seminggu 3 kali', { name: 'frequency', perWeek: 3 }],
    ['minggu 3', { name: 'question' }],
    ['kiat minggu 3', { name: 'lesson' }],
    ['tips week 5', { name: 'question' }],
    ['week one', { name: 'question' }],
    ['3 minggu', { name: 'question' }],
    ['3 kali', { name: 'question' }],
    ['rapat 3 kali seminggu', { name: 'question' }],
    ['3 kiat 5 kali seminggu', { name: 'question' }],
  ])('reads a pace without "frekuensi" where nothing else is said: %j', (text, command) => {
    expect(readCommand(text)).toEqual(command);
  });

  it.each([
    ['bahasa Inggris ya', 'en'],
    ['language english please', 'en'],
    ['bahasa indonesia saja', 'id'],
    ['bahasa fr', null],
    ['bahasa constructor', null],
  ])('reads %j, or asks back', (text, language) => {
    expect(readCommand(text)).toEqual(
      language === null ? asksBack('language') : { name: 'language', language },
    );
  });
});
