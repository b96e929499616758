import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { longestPause, readCommand } from '../../../core/conversation/command.ts';

describe('typed words', () => {
  it.each([
    ['berhenti', { name: 'stop' }],
    ['Stop.', { name: 'stop' }],
    ['mulai', { name: 'resume' }],
    ['jeda', { name: 'pause', days: 7 }],
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

  it.each([
    'jeda 0',
    'jeda 999',
    'frekuensi 2',
    'jam 25',
    'bahasa fr',
    'xyzzy',
    'constructor',
    'bahasa constructor',
    '__proto__',
  ])('offers help for %j instead of guessing', (text) => {
    expect(readCommand(text)).toEqual({ name: 'help' });
  });

  it('never fails, and never pauses longer than allowed, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        const command = readCommand(text);
        if (command.name === 'pause') expect(command.days).toBeLessThanOrEqual(longestPause);
      }),
    );
  });
});
